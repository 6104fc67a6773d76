"""How figures are written: yen, days and times, in the language of the reader. Pure text, no markup, no clock."""

from datetime import date, datetime

from django.utils.translation import ngettext, pgettext

from nakadachi.infra.days import day_and_time, day_of, long_day, short_day, weekday
from nakadachi.kernel.calendar import jst

MINUS = "\N{MINUS SIGN}"
__all__ = [
    "day_and_time",
    "day_of",
    "days_left",
    "long_day",
    "per",
    "percent",
    "short_day",
    "size",
    "weekday",
    "yen",
    "yen_per",
]


def yen(amount_yen: int | None) -> str:
    """¥1,234 or −¥1,234; nothing for None."""
    if amount_yen is None:
        return ""
    return f"¥{amount_yen:,}" if amount_yen >= 0 else f"{MINUS}¥{-amount_yen:,}"


def yen_per(amount_yen: int | None, format: str) -> str:
    """The price of one unit of a way of working: ¥10,000, ¥1,500 / 時間, ¥50,000 / 月."""
    return per(yen(amount_yen), format) if amount_yen is not None else ""


def per(price: str, format: str) -> str:
    """A price in words, with its unit behind it."""
    if format == "hourly":
        return pgettext("price", "%(price)s an hour") % {"price": price}
    if format == "monthly":
        return pgettext("price", "%(price)s a month") % {"price": price}
    if format == "task":
        return pgettext("price", "%(price)s each") % {"price": price}
    return price


def percent(rate_bps: int) -> str:
    """1650 basis points are 16.5%."""
    whole, rest = divmod(rate_bps, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


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
