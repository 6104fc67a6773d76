"""Time in words together with the exact minute: what is still to come, and what has been. Pure text, no clock."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nakadachi.kernel.calendar import jst
from nakadachi.web.ui import figures


def until(moment: datetime | None, now: datetime) -> str:
    """あと3日(11月25日(水) 23:59まで); on the last day 今日まで; afterwards by how many days it is over."""
    if moment is None:
        return ""
    days = _days(now, moment)
    facts = {"moment": _minute(moment, now), "days": days, "over": max(1, -days)}
    if now >= moment:
        return (
            ngettext("%(over)s day over (was %(moment)s)", "%(over)s days over (was %(moment)s)", facts["over"]) % facts
        )
    if days == 0:
        return _("today (until %(moment)s)") % facts
    return ngettext("%(days)s day left (until %(moment)s)", "%(days)s days left (until %(moment)s)", days) % facts


def ago(moment: datetime | None, now: datetime) -> str:
    """2日前(11月20日(金) 14:05); today and yesterday by their names."""
    if moment is None:
        return ""
    days = _days(moment, now)
    facts = {"moment": _minute(moment, now), "days": days, "time": f"{jst(moment):%H:%M}"}
    if days <= 0:
        return _("today %(time)s") % facts
    if days == 1:
        return _("yesterday (%(moment)s)") % facts
    return _("%(days)s days ago (%(moment)s)") % facts


def near_day(value: date | datetime | None, now: datetime) -> str:
    """A day without its year while that is the present one, with it otherwise."""
    if value is None:
        return ""
    is_this_year = figures.day_of(value).year == jst(now).year
    return figures.short_day(value) if is_this_year else figures.long_day(value)


def _days(first: datetime, last: datetime) -> int:
    """Days of the Japanese calendar from one moment to the other."""
    return (jst(last).date() - jst(first).date()).days


def _minute(moment: datetime, now: datetime) -> str:
    return f"{near_day(moment, now)} {jst(moment):%H:%M}"
