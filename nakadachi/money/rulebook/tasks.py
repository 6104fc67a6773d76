"""The rules of first-come work: how long an answer is worked on and waits, and how many may be rejected."""

from nakadachi.kernel.money import BPS_WHOLE, Bps, Rounding, portion
from nakadachi.money.rulebook.model import TaskRules
from nakadachi.money.rulebook.reading import Table

__all__ = ["read", "rejections_max", "reservation_minutes"]


def read(table: Table) -> TaskRules:
    """From the `[tasks]` table of a rulebook."""
    rules = TaskRules(
        approve_days=table.number("approve_days", 1, 60),
        answer_approve_days=table.number("answer_approve_days", 1, 60),
        appeal_days=table.number("appeal_days", 1, 30),
        decision_days=table.number("decision_days", 1, 30),
        rejections_min=table.number("rejections_min", 0, 1_000),
        rejections_bps=table.number("rejections_bps", 0, BPS_WHOLE),
        reservation_factor=table.number("reservation_factor", 1, 20),
        reservation_minutes_min=table.number("reservation_minutes_min", 5, 1_440),
        reservation_minutes_max=table.number("reservation_minutes_max", 5, 10_080),
    )
    table.finish()
    if rules.reservation_minutes_max < rules.reservation_minutes_min:
        raise table.bad("reservation_minutes_max", "not less than reservation_minutes_min is expected")
    return rules


def rejections_max(done: int, *, least: int, rate_bps: Bps) -> int:
    """How many of `done` answers may be rejected: a share rounded down, at least so many, never more than there are."""
    return min(done, max(least, portion(done, rate_bps, Rounding.FLOOR)))


def reservation_minutes(rules: TaskRules, estimated_minutes: int) -> int:
    """How long a place is kept for somebody who works on it."""
    wished = estimated_minutes * rules.reservation_factor
    return min(max(wished, rules.reservation_minutes_min), rules.reservation_minutes_max)
