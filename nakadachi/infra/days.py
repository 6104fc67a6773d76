"""How days and moments are written in the language of the reader, on pages and in mails. No clock.

Written by hand rather than with Django's `date` filter, because a list writes hundreds of them.
"""

from datetime import date, datetime

from django.utils.translation import get_language

from nakadachi.kernel.calendar import jst

WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(value: date | datetime) -> date:
    """The Japanese calendar day of a day or of a moment."""
    return jst(value).date() if isinstance(value, datetime) else value


def _japanese() -> bool:
    return (get_language() or "ja").startswith("ja")


def long_day(value: date | datetime | None) -> str:
    """2026年11月22日(日), or Sun 22 Nov 2026."""
    if value is None:
        return ""
    day = day_of(value)
    if _japanese():
        return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS_JA[day.weekday()]})"
    return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """日, or Sun."""
    return (WEEKDAYS_JA if _japanese() else WEEKDAYS_EN)[day.weekday()]


def short_day(value: date | datetime | None) -> str:
    """11月22日(日), or Sun 22 Nov."""
    if value is None:
        return ""
    day = day_of(value)
    if _japanese():
        return f"{day.month}月{day.day}日({WEEKDAYS_JA[day.weekday()]})"
    return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}"


def day_and_time(value: datetime | None) -> str:
    """2026年11月22日(日) 14:05 on a Japanese clock."""
    if value is None:
        return ""
    return f"{long_day(value)} {jst(value):%H:%M}"
