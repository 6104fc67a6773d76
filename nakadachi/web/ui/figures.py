"""How figures are written: yen, days and times, in the language of the reader. Pure text, no markup, no clock.

Written by hand rather than with Django's `date` filter, because a list writes hundreds of them.
"""

from datetime import date, datetime

from django.utils.translation import get_language, ngettext, pgettext

from nakadachi.kernel.calendar import jst

MINUS = "\N{MINUS SIGN}"
WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def yen(amount_yen: int | None) -> str:
    """¥1,234 or −¥1,234; nothing for None."""
    if amount_yen is None:
        return ""
    return f"¥{amount_yen:,}" if amount_yen >= 0 else f"{MINUS}¥{-amount_yen:,}"


def percent(rate_bps: int) -> str:
    """1650 basis points are 16.5%."""
    whole, rest = divmod(rate_bps, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


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


def days_left(value: date | datetime, now: datetime) -> str:
    """How long the reader still has, in whole Japanese days: the last day itself is today."""
    days = (day_of(value) - jst(now).date()).days
    if days < 0:
        return pgettext("deadline", "Closed")
    if days == 0:
        return pgettext("deadline", "Last day")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def size(size_bytes: int) -> str:
    """A file size as people say it: 340 KB, 1.2 MB."""
    if size_bytes < 1_000:
        return f"{size_bytes} B"
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1_000:.0f} KB"
    return f"{size_bytes / 1_000_000:.1f} MB"
