"""The calendar of work by the month. Pure: days in, days and yen out.

A month begins on its anchor day (1–31) and ends the day before the next begins. Where a calendar month has no such day,
it begins on that month's last day; the anchor itself stays, so nothing drifts: anchor 31 gives 1/31, 2/28, 3/31, 4/30.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from nakadachi.kernel.calendar import months_later
from nakadachi.kernel.money import Rounding, Yen, by_difference, divide

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included."""

    from_on: date
    to_on: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.to_on - self.from_on).days + 1

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


def anchored(year: int, month: int, anchor_day: int) -> date:
    """The day on which a month begins in that calendar month."""
    return date(year, month, min(anchor_day, monthrange(year, month)[1]))


def begins_on_or_before(day: date, anchor_day: int) -> date:
    """The beginning of the whole month that a day lies in."""
    here = anchored(day.year, day.month, anchor_day)
    if here <= day:
        return here
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return anchored(year, month, anchor_day)


def begins_after(day: date, anchor_day: int) -> date:
    """The first beginning of a month after a day."""
    here = anchored(day.year, day.month, anchor_day)
    if here > day:
        return here
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return anchored(year, month, anchor_day)


def whole_month(day: date, anchor_day: int) -> Period:
    """The whole month that a day lies in."""
    return Period(begins_on_or_before(day, anchor_day), begins_after(day, anchor_day) - DAY)


def month_from(from_on: date, anchor_day: int, ends_on: date | None = None) -> Period:
    """The month that work goes on with on that day: to the day before the next begins, or to the last day of the work.

    A first month that begins between two anchor days is a part of a month, as is a last one that ends between them.
    """
    to_on = whole_month(from_on, anchor_day).to_on
    return Period(from_on, to_on if ends_on is None else min(to_on, ends_on))


def pro_rata_yen(month_yen: Yen, period: Period, anchor_day: int) -> Yen:
    """日割り: the share of a month's sum for some of its days, by the actual days of that month, half a yen up.

    By difference from the month's beginning, so that the parts of one month always add up to its sum.
    """
    month = whole_month(period.from_on, anchor_day)
    assert period.to_on <= month.to_on, "a part lies within one month"

    def up_to(days: int) -> Yen:
        return divide(month_yen * days, month.days, Rounding.HALF_UP)

    return by_difference(up_to, (period.from_on - month.from_on).days, period.days)


def share_yen(amount_yen: Yen, part: Period, whole: Period) -> Yen:
    """What the first days of a period cost of its sum: by its actual days, half a yen up."""
    return divide(amount_yen * part.days, whole.days, Rounding.HALF_UP)


def notice_days(starts_on: date, notice_on: date, *, agreed_days: int, long_after_months: int, long_days: int) -> int:
    """How many days a notice takes: as agreed, and at least `long_days` once the work has run for so many months."""
    has_run_long = notice_on >= months_later(starts_on, long_after_months)
    return max(agreed_days, long_days) if has_run_long else agreed_days
