"""What happens to tasks by the clock."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Min, QuerySet

from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.tasks.actions.appealing import grant_by_silence, let_pass
from nakadachi.market.tasks.actions.claiming import lapse
from nakadachi.market.tasks.actions.deciding import approve_silent
from nakadachi.market.tasks.actions.finishing import close, close_over
from nakadachi.market.tasks.actions.funding import open_task
from nakadachi.market.tasks.models import Claim, Task

_ByTime = Callable[[datetime, int], Iterable[Due]]


def _tasks(column: str, status: str) -> _ByTime:
    """Tasks in a status whose moment has come."""
    return lambda at, limit: _first(Task.objects.filter(status=status), column, at, limit)


def _claims(column: str, status: str) -> _ByTime:
    """Claims in a status whose moment has come."""
    return lambda at, limit: _first(Claim.objects.filter(status=status), column, at, limit)


def _unanswered(at: datetime, limit: int) -> Iterable[Due]:
    """Objections that the operator left alone; what a card dispute holds waits for its end."""
    rows = Claim.objects.filter(status="appealed", task__hold__status="funded")
    return _first(rows, "decide_by", at, limit)


def _first(rows: QuerySet[Any], column: str, at: datetime, limit: int) -> Iterable[Due]:
    due = rows.filter(**{f"{column}__lte": at})
    return due.order_by(column, "pk").values_list(column, "pk")[:limit]


def _silent(at: datetime, limit: int) -> Iterable[Due]:
    """By task: all of its answers that are due are approved together."""
    rows = Claim.objects.filter(status="submitted", auto_approve_at__lte=at, task__hold__status="funded")
    found = rows.values("task_id").annotate(first=Min("auto_approve_at")).order_by("first", "task_id")[:limit]
    return [(row["first"], row["task_id"]) for row in found]


def _all_paid(at: datetime, limit: int) -> Iterable[Due]:
    rows = Task.objects.filter(status="open", hold__status="released", hold__closed_at__lte=at)
    found = rows.annotate(paid_at=F("hold__closed_at")).order_by("paid_at", "pk")
    return found.values_list("paid_at", "pk")[:limit]


def _close(task_id: int, at: datetime) -> bool:
    close(task=Task.objects.get(pk=task_id), by=SYSTEM, at=at)
    return True


TIMERS = (
    Timer("tasks opened", _tasks("opens_at", "funded"), lambda pk, at: open_task(task_id=pk, at=at)),
    Timer("places given back", _claims("reserved_until", "reserved"), lambda pk, at: lapse(claim_id=pk, at=at)),
    Timer("tasks closed", _tasks("closes_at", "open"), lambda pk, at: close_over(task_id=pk, at=at)),
    Timer("answers approved after silence", _silent, lambda pk, at: approve_silent(task_id=pk, at=at)),
    Timer("rejections final", _claims("appeal_by", "rejected"), lambda pk, at: let_pass(claim_id=pk, at=at)),
    Timer("objections granted after silence", _unanswered, lambda pk, at: grant_by_silence(claim_id=pk, at=at)),
    Timer("tasks with every answer paid closed", _all_paid, _close),
)
