"""What happens to hourly work by the clock: each timer is a column of a row, and acts through the same verbs."""

from datetime import datetime

from django.db.models import QuerySet

from nakadachi.infra.timers import Timer, by_column
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


def _open_next(engagement_id: int, at: datetime) -> bool:
    return open_next_week(engagement=Engagement.objects.get(pk=engagement_id), at=at)


def _skip(week_id: int, at: datetime) -> bool:
    week = WorkWeek.objects.get(pk=week_id)
    is_decided = skip(week=week, at=at)
    if is_decided:
        give_up_after_silence(week=week, at=at)
    return is_decided


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


def _moving() -> QuerySet[WorkWeek]:
    """Weeks whose money does not stand still."""
    return WorkWeek.objects.exclude(hold__status="frozen")


TIMERS = (
    Timer("hourly weeks made", by_column(Engagement.objects.all, "next_week_at"), _open_next),
    Timer(
        "timers stopped",
        by_column(TimeEntry.objects.all, "stop_at"),
        lambda entry_id, at: stop_by_rule(entry=TimeEntry.objects.get(pk=entry_id), at=at),
    ),
    Timer("hourly weeks not begun", by_column(_moving, "fund_by"), _skip),
    Timer("hourly weeks decided", by_column(_moving, "act_by"), _decide),
    Timer(
        "hourly weeks unpaid",
        by_column(WorkWeek.objects.all, "pay_by"),
        lambda week_id, at: give_up_unpaid(week=WorkWeek.objects.get(pk=week_id), at=at),
    ),
)
