"""What a week's minutes cost, and how much of the week is left. Pure: looks only at what is handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.hourly import weeks
from nakadachi.market.hourly.minutes import RateFrom, pay, rate_on
from nakadachi.market.hourly.models import TimeEntry


def minutes_of(entries: Iterable[TimeEntry], at: datetime) -> int:
    """The minutes of all lines that count."""
    return sum(entry.minutes_at(at) for entry in entries if entry.counts)


def cost_of(entries: Iterable[TimeEntry], rates: Sequence[RateFrom], at: datetime) -> Yen:
    """What the lines cost, each day at its rate, rounded once for all of them."""
    counted = [entry for entry in entries if entry.counts]
    return pay((rate_on(rates, jst_date(entry.started_at)), entry.minutes_at(at)) for entry in counted)


def highest_rate(rates: Sequence[RateFrom], monday: date, starts_on: date) -> Yen:
    """The highest rate of a week's days: what is set aside is enough wherever in the week the hours fall."""
    days = [max(day, starts_on) for day in weeks.days_of(monday)]
    return max(rate_on(rates, day) for day in days)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week: its lines and their minutes."""

    on: date
    entries: tuple[TimeEntry, ...]
    minutes: int


def days_of(monday: date, entries: Sequence[TimeEntry], at: datetime) -> list[Day]:
    """The seven days with the lines that count."""
    days = []
    for on in weeks.days_of(monday):
        those = tuple(entry for entry in entries if jst_date(entry.started_at) == on)
        days.append(Day(on, those, minutes_of(those, at)))
    return days
