"""Hours and moments in words."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from nakadachi.kernel.calendar import jst
from nakadachi.market.hourly.minutes import HOUR
from nakadachi.market.hourly.models import EntryTrace, TimeEntry, WorkWeek
from nakadachi.web.ui import figures

MINUTE = timedelta(minutes=1)


def duration(minutes: int) -> str:
    """`5時間30分`."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def deadline(moment: datetime | None) -> str:
    """`11月15日(日)24時`: midnight is the end of the day before, as the week is spoken of."""
    if moment is None:
        return ""
    local = jst(moment)
    if (local.hour, local.minute) == (0, 0):
        return _("%(day)s, 24:00") % {"day": figures.short_day(moment - MINUTE)}
    return f"{figures.short_day(moment)} {local:%H:%M}"


def clock(moment: datetime | None, *, ends: bool = False) -> str:
    """`09:05`; a time that ends at midnight ends at 24:00."""
    if moment is None:
        return ""
    local = jst(moment)
    return "24:00" if ends and (local.hour, local.minute) == (0, 0) else f"{local:%H:%M}"


def times_of(one: TimeEntry | EntryTrace) -> str:
    """`09:00–11:30`."""
    return f"{clock(one.started_at)}–{clock(one.ended_at, ends=True)}"


def span(week: WorkWeek) -> str:
    """`11月9日(月)〜11月15日(日)`."""
    return _("%(first)s – %(last)s") % {
        "first": figures.short_day(week.monday),
        "last": figures.short_day(week.sunday),
    }
