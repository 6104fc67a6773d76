"""Late, as everybody sees it: begun days between the agreed day and the first delivery that stood.

Money that was set aside only after the agreed day makes nobody late. Milestones come with their holds loaded.
"""

from datetime import datetime

from nakadachi.market.contracts.models import Milestone
from nakadachi.market.contracts.timers import last_minute, late_days


def work_until(milestone: Milestone, at: datetime) -> datetime | None:
    """Until when the worker delivers: the last minute of the agreed day.

    A revision asked for after that day, of what had come in time, has no date of its own; nor has work whose money came
    after it.
    """
    until = last_minute(milestone.due_on)
    was_in_time = milestone.first_delivered_at is not None and milestone.first_delivered_at < until
    return None if (was_in_time and at >= until) or not _had_money_by(milestone, until) else until


def days_late(milestone: Milestone, at: datetime) -> int:
    """By how many days it came, or is by now, late; 0 in time and for what nobody works on."""
    if not _had_money_by(milestone, last_minute(milestone.due_on)):
        return 0
    if milestone.first_delivered_at is not None:
        return late_days(milestone.due_on, milestone.first_delivered_at)
    return late_days(milestone.due_on, at) if milestone.status == Milestone.Status.OPEN and milestone.is_funded else 0


def is_late(milestone: Milestone, at: datetime) -> bool:
    """True from the minute after which the agreed day is over."""
    return days_late(milestone, at) > 0


def _had_money_by(milestone: Milestone, until: datetime) -> bool:
    funded_at = milestone.hold.funded_at if milestone.hold is not None else None
    return funded_at is not None and funded_at < until
