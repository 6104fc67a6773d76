"""What happens to hourly work by the clock: each timer is a column of a row, and acts through the same verbs."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.hourly.actions.answering import answer
from nakadachi.market.hourly.actions.beginning import open_next_week
from nakadachi.market.hourly.actions.funding import skip
from nakadachi.market.hourly.actions.reporting import report
from nakadachi.market.hourly.actions.reviewing import review
from nakadachi.market.hourly.actions.tracking import stop_by_rule
from nakadachi.market.hourly.actions.waiting import give_up_after_silence, give_up_unpaid
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek

Status = WorkWeek.Status


def _by(rows: Callable[[datetime], QuerySet[Any]], column: str) -> Callable[[datetime, int], Iterable[Due]]:
    """The rows of which that column has passed, the earliest first."""

    def due(at: datetime, limit: int) -> Iterable[Due]:
        """Moment and id of the row."""
        found = rows(at).filter(**{f"{column}__lte": at}).order_by(column, "pk")
        return list(found.values_list(column, "pk")[:limit])

    return due


def _open_next(engagement_id: int, at: datetime) -> bool:
    return open_next_week(engagement=Engagement.objects.get(pk=engagement_id), at=at)


def _skip(week_id: int, at: datetime) -> bool:
    week = WorkWeek.objects.get(pk=week_id)
    return skip(week=week, at=at) and (give_up_after_silence(week=week, at=at) or True)


def _decide(week_id: int, at: datetime) -> bool:
    """Silence reports, approves, or takes out, whatever the week waits for."""
    week = WorkWeek.objects.get(pk=week_id)
    if week.act_by is None or at < week.act_by:
        return False
    if week.status == Status.OPEN:
        report(week=week, by=SYSTEM, at=at)
        give_up_after_silence(week=week, at=at)
    elif week.status == Status.RETURNED:
        answer(week=week, answers={}, by=SYSTEM, at=at)
    else:
        review(week=week, by=SYSTEM, at=at)
    return True


TIMERS = (
    Timer("hourly weeks made", _by(lambda at: Engagement.objects.all(), "next_week_at"), _open_next),
    Timer(
        "timers stopped",
        _by(lambda at: TimeEntry.objects.all(), "stop_at"),
        lambda entry_id, at: stop_by_rule(entry=TimeEntry.objects.get(pk=entry_id), at=at),
    ),
    Timer("hourly weeks not begun", _by(lambda at: WorkWeek.objects.exclude(hold__status="frozen"), "fund_by"), _skip),
    Timer("hourly weeks decided", _by(lambda at: WorkWeek.objects.exclude(hold__status="frozen"), "act_by"), _decide),
    Timer(
        "hourly weeks unpaid",
        _by(lambda at: WorkWeek.objects.all(), "pay_by"),
        lambda week_id, at: give_up_unpaid(week=WorkWeek.objects.get(pk=week_id), at=at),
    ),
)
