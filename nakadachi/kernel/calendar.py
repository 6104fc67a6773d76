"""Japanese days and months, and on which days banks work.

JST has no daylight saving; banks rest on weekends, holidays and 12/31-1/3.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

import jpholiday

JST = timezone(timedelta(hours=9), "JST")


def jst(moment: datetime) -> datetime:
    """The same moment on a Japanese clock. `moment` must be aware."""
    assert moment.tzinfo is not None, "a time without a zone has no place here"
    return moment.astimezone(JST)


def jst_date(moment: datetime) -> date:
    """The Japanese calendar day of a moment."""
    return jst(moment).date()


def start_of_day(day: date) -> datetime:
    """00:00 JST of a day."""
    return datetime.combine(day, time(), JST)


def end_of_day(day: date) -> datetime:
    """The first moment after a day: deadlines are half-open, `now < end_of_day(due_on)` is in time."""
    return start_of_day(day + timedelta(days=1))


def begun_days(since: datetime, until: datetime) -> timedelta:
    """The time between two moments in whole days, a begun one counted as a day: what is given back of lost time."""
    return timedelta(days=-((since - until) // timedelta(days=1)))


@lru_cache(maxsize=20_000)
def is_bank_day(day: date) -> bool:
    """True when Japanese banks settle transfers on that day."""
    if day.weekday() >= 5 or (day.month, day.day) in {(12, 31), (1, 1), (1, 2), (1, 3)}:
        return False
    return not jpholiday.is_holiday(day)


def bank_day_on_or_before(day: date) -> date:
    """The day itself or the last bank day before it."""
    while not is_bank_day(day):
        day -= timedelta(days=1)
    return day


def bank_day_on_or_after(day: date) -> date:
    """The day itself or the next bank day after it."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def end_of_month(day: date) -> date:
    """The last day of that day's month."""
    first_of_next = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first_of_next - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day so many calendar months later (earlier, if negative); the last of that month where it has none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
