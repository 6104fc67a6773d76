"""When things happen by themselves to tasks and claims. A deadline in days is the last minute of a day in Japan."""

from datetime import datetime, time, timedelta

from nakadachi.kernel.calendar import JST, jst_date
from nakadachi.money.rulebook import TaskRules
from nakadachi.money.rulebook.tasks import reservation_minutes

_LAST_MINUTE = time(23, 59)


def days_after(at: datetime, days: int) -> datetime:
    """23:59:00 JST of the day so many days later."""
    return datetime.combine(jst_date(at) + timedelta(days=days), _LAST_MINUTE, JST)


def reserved_until(rules: TaskRules, minutes: int, at: datetime) -> datetime:
    """How long a place taken at `at` is kept."""
    return at + timedelta(minutes=reservation_minutes(rules, minutes))


def auto_approve_at(rules: TaskRules, closes_at: datetime, submitted_at: datetime) -> datetime:
    """When silence approves: so long after the task's last day, and never later than so long after the answer came."""
    return min(days_after(closes_at, rules.approve_days), days_after(submitted_at, rules.answer_approve_days))
