"""The rules of hourly work: the weekly cycle, and when a timer that nobody stops is stopped."""

from nakadachi.money.rulebook.model import HourlyRules
from nakadachi.money.rulebook.reading import Table

__all__ = ["read"]


def read(table: Table) -> HourlyRules:
    """From the `[hourly]` table of a rulebook."""
    rules = HourlyRules(
        report_hours=table.number("report_hours", 1, 72),
        review_days=table.number("review_days", 1, 30),
        answer_days=table.number("answer_days", 1, 14),
        last_review_days=table.number("last_review_days", 1, 14),
        pay_days=table.number("pay_days", 1, 30),
        skips_max=table.number("skips_max", 1, 52),
        timer_hours_max=table.number("timer_hours_max", 1, 24),
        question_hours=table.number("question_hours", 1, 24),
    )
    table.finish()
    if rules.question_hours > rules.timer_hours_max:
        raise table.bad("question_hours", "not more than timer_hours_max is expected")
    return rules
