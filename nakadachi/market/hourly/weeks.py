"""The working week: Monday 00:00 to Sunday 24:00 in Japan. Pure; every moment is aware."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from nakadachi.kernel.calendar import end_of_day, jst_date, start_of_day

DAYS = 7


def monday_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def monday_at(moment: datetime) -> date:
    """The Monday of the week in which a moment lies."""
    return monday_of(jst_date(moment))


def next_monday(monday: date) -> date:
    """The Monday after."""
    return monday + timedelta(days=DAYS)


def begins_at(monday: date) -> datetime:
    """Monday 00:00."""
    return start_of_day(monday)


def ends_at(monday: date) -> datetime:
    """Sunday 24:00: the first moment that no longer belongs to the week."""
    return start_of_day(next_monday(monday))


def days_of(monday: date) -> list[date]:
    """The seven days."""
    return [monday + timedelta(days=number) for number in range(DAYS)]


def cut_at_midnights(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """A span in pieces that each lie within one day in Japan, and so within one week and one month."""
    while start < end:
        until = min(end, end_of_day(jst_date(start)))
        yield start, until
        start = until
