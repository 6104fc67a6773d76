"""Counting minutes and what they cost. Pure; every rounding has a name.

A span counts the full minutes of the clock that it has reached: 9:00:40 to 9:02:10 has reached 9:01 and 9:02 and counts
two. So the pieces of a span always count as much as the whole, wherever midnight cuts it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nakadachi.kernel.calendar import JST
from nakadachi.kernel.money import Rounding, Yen, divide

MINUTE = timedelta(minutes=1)
HOUR = 60
WEEK_MINUTES = 7 * 24 * HOUR
_ORIGIN = datetime(2000, 1, 1, tzinfo=JST)

PAY_ROUNDING = Rounding.HALF_UP
"""Rate × minutes ÷ 60 is rounded once a week, half a yen up: over the sum, not line by line."""


def mark_of(moment: datetime) -> int:
    """The number of the clock's minute that a moment has reached."""
    return (moment - _ORIGIN) // MINUTE


def at_mark(mark: int) -> datetime:
    """The moment at which that minute is reached."""
    return _ORIGIN + mark * MINUTE


def whole_minute(moment: datetime) -> datetime:
    """The moment without its seconds."""
    return at_mark(mark_of(moment))


def count(start: datetime, end: datetime) -> int:
    """The minutes of a span."""
    return mark_of(end) - mark_of(start)


def full_at(start: datetime, minutes: int) -> datetime:
    """The first moment at which a span from `start` counts that many minutes."""
    return at_mark(mark_of(start) + minutes)


@dataclass(frozen=True, slots=True)
class RateFrom:
    """From that day on an hour costs that much."""

    from_on: date
    rate_yen: Yen


def rate_on(steps: Iterable[RateFrom], day: date) -> Yen:
    """The rate of a day: the last step that has begun by then."""
    begun = [step for step in steps if step.from_on <= day]
    assert begun, "there is a rate from the first day on"
    return max(begun, key=lambda step: step.from_on).rate_yen


def pay(worked: Iterable[tuple[Yen, int]]) -> Yen:
    """What minutes cost, each at its rate: one sum, rounded once. 5 hours at ¥1,500 are ¥7,500."""
    return divide(sum(rate_yen * minutes for rate_yen, minutes in worked), HOUR, PAY_ROUNDING)
