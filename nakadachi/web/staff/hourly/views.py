"""Engagements by what waits in them, one with its weeks, and one week line by line. Nothing is changed here."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.kernel.money import Yen
from nakadachi.market.hourly import queries
from nakadachi.market.hourly.minutes import HOUR
from nakadachi.market.hourly.models import Engagement, EntryTrace, WorkWeek
from nakadachi.market.hourly.turn import of_week, of_weeks
from nakadachi.people.roles import areas
from nakadachi.web.pages.hourly.sight import Line, WeekSight, rate_now, week_sight
from nakadachi.web.pages.hourly.words import times_of
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.running import Waits, asked_of, booked_of, held_yen, waits_of
from nakadachi.web.ui.answers import staff_of

NOBODY = 0
"""Looks at a week from neither side."""


@dataclass(frozen=True)
class Row:
    """One engagement of the list."""

    engagement: Engagement
    rate_yen: Yen
    hours: int
    held_yen: Yen
    waits: Waits | None


@works_in(areas.WORK)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first, each with the money in it and the most pressing of what waits."""
    asked = asked_of(request)
    page = queries.find(staff_of(request), asked.words, tab=asked.tab, after=asked.after)
    weeks = queries.weeks_that_matter(page.rows)
    rows = [_row(engagement, weeks[engagement.pk], request.now) for engagement in page.rows]
    return render(request, "staff_hourly/list.html", {"asked": asked, "page": page, "rows": rows})


def _row(engagement: Engagement, weeks: list[WorkWeek], now: datetime) -> Row:
    turn = of_weeks(weeks, now, {week.pk for week in weeks if _is_paying(week)})
    return Row(
        engagement=engagement,
        rate_yen=rate_now(engagement, now),
        hours=engagement.weekly_minutes // HOUR,
        held_yen=held_yen(week.hold for week in weeks),
        waits=waits_of(turn, engagement.contract),
    )


def _is_paying(week: WorkWeek) -> bool:
    return bool(getattr(week, "is_paying", False))


@works_in(areas.WORK)
@require_safe
def detail(request: HttpRequest, contract_id: int) -> HttpResponse:
    """What was agreed, and the weeks, the newest first."""
    engagement = queries.engagement_for(staff_of(request), contract_id)
    page = queries.weeks_page(engagement, after=request.GET.get("after", ""))
    context = {
        "row": _row(engagement, queries.weeks_that_matter([engagement])[engagement.pk], request.now),
        "engagement": engagement,
        "contract": engagement.contract,
        "page": page,
        "weeks": [_sight(one, request.now) for one in page.rows],
    }
    return render(request, "staff_hourly/detail.html", context)


@dataclass(frozen=True)
class Sight:
    """One week of the list."""

    sight: WeekSight
    held_yen: Yen
    waits: Waits | None


def _sight(one: WorkWeek, now: datetime) -> Sight:
    turn = of_week(one, now, is_paying=_is_paying(one))
    sight = week_sight(one, viewer_id=NOBODY, now=now)
    return Sight(sight, held_yen([one.hold]), waits_of(turn, one.engagement.contract))


@works_in(areas.WORK)
@require_safe
def week(request: HttpRequest, contract_id: int, week_id: int) -> HttpResponse:
    """One week: every recorded time with what stood there before, the money, and what was booked."""
    one = queries.week_for(staff_of(request), contract_id, week_id)
    seen = _sight(one, request.now)
    traces = queries.traces_of_week(one)
    context = {
        "week": one,
        "engagement": one.engagement,
        "contract": one.engagement.contract,
        "seen": seen,
        "lines": [(line, _before(line, traces)) for line in seen.sight.lines],
        "journals": booked_of([one.hold]).get(one.hold_id or 0, []),
    }
    return render(request, "staff_hourly/week.html", context)


def _before(line: Line, traces: dict[int, list[EntryTrace]]) -> list[tuple[EntryTrace, str]]:
    return [(trace, times_of(trace)) for trace in traces.get(line.entry.pk, [])]
