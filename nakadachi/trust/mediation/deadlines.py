"""When each stage of a case ends by itself: the last minute of a day in Japan, so many days later (`rulebook`)."""

from datetime import datetime, timedelta

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.timers import last_minute
from nakadachi.money import rulebook


def _after(at: datetime, days: int) -> datetime:
    return last_minute(jst_date(at) + timedelta(days=days))


def talk_until(at: datetime) -> datetime:
    """The end of the talking."""
    return _after(at, rulebook.current().mediation.talk_days)


def ruling_until(at: datetime) -> datetime:
    """By when the operator rules, the first time."""
    return _after(at, rulebook.current().mediation.ruling_days)


def appeal_until(at: datetime) -> datetime:
    """By when a side appeals."""
    return _after(at, rulebook.current().mediation.appeal_days)


def second_ruling_until(at: datetime) -> datetime:
    """By when the operator rules on an appeal."""
    return _after(at, rulebook.current().mediation.second_ruling_days)
