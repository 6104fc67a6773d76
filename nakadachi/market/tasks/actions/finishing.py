"""What several verbs share: paying answers, giving a place back, closing, and the end when nothing waits any more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.moves import move, move_all
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import require
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.tasks import policy, timing
from nakadachi.market.tasks.lifecycle import CLAIM, TASK, UNDECIDED
from nakadachi.market.tasks.locking import lock_posting
from nakadachi.market.tasks.models import Claim, SeenValue, Slot, Task
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import batches
from nakadachi.money.escrow.batches import Piece


def pay(
    task: Task, workers: Mapping[int, int], name: str, *, by: Actor, at: datetime, event: dict[str, Any] | None = None
) -> list[int]:
    """Move those claims of a locked task that still wait to `approved` and pay them, all in a few statements.

    `workers`: the worker of each claim, by their ids. Answers the claims that moved.
    """
    assert task.hold is not None
    data = {"task_id": task.pk, **(event or {})}
    moved = move_all(Claim, list(workers), CLAIM, name, by=by, at=at, event=data, decided_at=at)
    pieces = [Piece(workers[claim_id], claim_id) for claim_id in sorted(moved)]
    if pieces:
        task.hold = batches.pay(hold=task.hold, pieces=pieces, by=by if by.is_system else _payer(task, by), at=at)
    return moved


def _payer(task: Task, by: Actor) -> Actor:
    """The client pays; on a decision of the operator's people the system does, whoever of them decided."""
    return by if by.is_member(task.client_id) else SYSTEM


def free_place(claim: Claim) -> None:
    """Give the place of a claim of a locked task back; only an open task has free places."""
    if claim.task.status == Task.Status.OPEN:
        Slot.objects.create(task_id=claim.task_id, number=claim.slot_number)


def forget_values(claim: Claim) -> None:
    """What a rejected answer said may be said again."""
    SeenValue.objects.filter(claim=claim).delete()


@transaction.atomic
def close(*, task: Task, by: Actor, at: datetime) -> Task:
    """No new claims. What was taken may still be answered in its time, and everything handed in is decided."""
    task = lock_posting(task.pk, by)
    require(policy.can_close(by, task))
    jobs.take_down(job=task.job, by=by, at=at)
    move(task, TASK, "close", by=by, at=at, closed_at=at)
    Slot.objects.filter(task=task).delete()
    _decide_sooner(task, at)
    finish_if_done(task, at=at)
    return task


def _decide_sooner(task: Task, at: datetime) -> None:
    """Closed before its time: silence approves so many days after the close, where that is earlier."""
    latest = timing.days_after(at, task.rules.approve_days)
    waiting = Claim.objects.filter(task=task, status=Claim.Status.SUBMITTED, auto_approve_at__gt=latest)
    waiting.update(auto_approve_at=latest)


@transaction.atomic
def close_over(*, task_id: int, at: datetime) -> bool:
    """Its closing time has come."""
    task = Task.objects.get(pk=task_id)
    if at < task.closes_at:
        return False
    close(task=task, by=SYSTEM, at=at)
    return True


def finish_if_done(task: Task, *, at: datetime) -> None:
    """A closed task, locked, of which nothing waits any more: the rest goes back, and it is done."""
    if task.status != Task.Status.CLOSED or task.hold is None or task.is_frozen:
        return
    if Claim.objects.filter(task=task, status__in=UNDECIDED).exists():
        return
    if task.hold.status == "funded":
        task.hold = escrow.refund(hold=task.hold, by=SYSTEM, at=at)
    event = {"paid_yen": task.hold.settled_yen, "refunded_yen": task.hold.refunded_yen}
    move(task, TASK, "finish", by=SYSTEM, at=at, event=event, done_at=at)
