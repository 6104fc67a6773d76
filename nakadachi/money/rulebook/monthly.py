"""The rules of work by the month: when a month is written down ahead, when an unpaid one does not begin, and notice."""

from nakadachi.money.rulebook.model import MonthlyRules
from nakadachi.money.rulebook.reading import Table

__all__ = ["read"]


def read(table: Table) -> MonthlyRules:
    """From the `[monthly]` table of a rulebook."""
    rules = MonthlyRules(
        ahead_days=table.number("ahead_days", 1, 27),
        start_days=table.number("start_days", 0, 20),
        notice_days=table.number("notice_days", 1, 90),
        long_after_months=table.number("long_after_months", 1, 6),
        long_notice_days=table.number("long_notice_days", 30, 90),
    )
    table.finish()
    return rules
