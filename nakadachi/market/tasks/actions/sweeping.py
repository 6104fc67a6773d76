"""What happens to tasks by the clock."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Min

from nakadachi.infra.timers import Due, Timer, by_column
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
    return by_column(lambda: Task.objects.filter(status=status), column)


def _claims(column: str, status: str, **also: str) -> _ByTime:
    """Claims in a status whose moment has come."""
    return by_column(lambda: Claim.objects.filter(status=status, **also), column)


def _silent(at: datetime, limit: int) -> Iterable[Due]:
    """By task: all of its answers that are due are approved together."""
    rows = Claim.objects.filter(status="submitted", auto_approve_at__lte=at, task__hold__status="funded")
    found = rows.values("task_id").annotate(first=Min("auto_approve_at")).order_by("first", "task_id")[:limit]
    return [(row["first"], row["task_id"]) for row in found]


def _close(task_id: int, at: datetime) -> bool:
    close(task=Task.objects.get(pk=task_id), by=SYSTEM, at=at)
    return True


TIMERS = (
    Timer("tasks opened", _tasks("opens_at", "funded"), lambda pk, at: open_task(task_id=pk, at=at)),
    Timer("places given back", _claims("reserved_until", "reserved"), lambda pk, at: lapse(claim_id=pk, at=at)),
    Timer("tasks closed", _tasks("closes_at", "open"), lambda pk, at: close_over(task_id=pk, at=at)),
    Timer("answers approved after silence", _silent, lambda pk, at: approve_silent(task_id=pk, at=at)),
    Timer("rejections final", _claims("appeal_by", "rejected"), lambda pk, at: let_pass(claim_id=pk, at=at)),
    Timer(
        "objections granted after silence",
        _claims("decide_by", "appealed", task__hold__status="funded"),  # what a card dispute holds waits for its end
        lambda pk, at: grant_by_silence(claim_id=pk, at=at),
    ),
    Timer(
        "tasks with every answer paid closed",
        by_column(lambda: Task.objects.filter(status="open", hold__status="released"), "hold__closed_at"),
        _close,
    ),
)
