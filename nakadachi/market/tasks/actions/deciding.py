"""The client approves, one answer or thousands, or rejects one with a reason; after silence the system approves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import required_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.tasks import policy, queries, timing
from nakadachi.market.tasks import refusals as no
from nakadachi.market.tasks.actions.finishing import finish_if_done, pay
from nakadachi.market.tasks.lifecycle import CLAIM
from nakadachi.market.tasks.locking import lock_claim, lock_claims, lock_task
from nakadachi.market.tasks.models import REASON_LENGTH_MAX, Claim, Task

AT_ONCE = 2_000
"""So many answers are approved in one transaction."""


@transaction.atomic
def approve(*, task: Task, claim_ids: Sequence[int], by: Actor, at: datetime) -> int:
    """The answers are good: each reward is its worker's from this moment on. Answers how many were not so before.

    What is approved already stays so; refused when one of them was rejected in the meantime, or none of them waits.
    """
    task = lock_task(task.pk, by)
    require(policy.can_approve(by, task))
    claims = lock_claims(task, claim_ids, by)
    if any(claim.status not in {Claim.Status.SUBMITTED, Claim.Status.APPROVED} for claim in claims):
        raise Refused(no.OVERTAKEN)
    waiting = {claim.pk: claim.worker_id for claim in claims if claim.status == Claim.Status.SUBMITTED}
    require(None if waiting else no.NOTHING_TO_APPROVE)
    moved = pay(task, waiting, "approve", by=by, at=at)
    record("task.pay", task, by=by, at=at, workers=sorted({waiting[claim_id] for claim_id in moved}))
    finish_if_done(task, at=at)
    return len(moved)


def approve_all(*, task: Task, seen_at: datetime, by: Actor, at: datetime) -> int:
    """Approve everything that waited when the client looked, in as many transactions as it takes."""
    count = 0
    while part := _approve_part(task, by, at, submitted_at__lte=seen_at):
        count += part
    require(None if count else no.NOTHING_TO_APPROVE)
    return count


def approve_silent(*, task_id: int, at: datetime) -> bool:
    """The time to look at answers of this task is over; they are approved."""
    count = 0
    while part := _approve_part(Task.objects.get(pk=task_id), SYSTEM, at, auto_approve_at__lte=at):
        count += part
    return count > 0


@transaction.atomic
def _approve_part(task: Task, by: Actor, at: datetime, **which: datetime) -> int:
    task = lock_task(task.pk, by)
    require(policy.can_approve(by, task))
    waiting = Claim.objects.filter(task=task, status=Claim.Status.SUBMITTED, **which).order_by("pk")
    found = dict(waiting.values_list("pk", "worker_id")[:AT_ONCE])
    moved = pay(task, found, "approve", by=by, at=at) if found else []
    if moved:
        record("task.pay", task, by=by, at=at, workers=sorted({found[claim_id] for claim_id in moved}))
        finish_if_done(task, at=at)
    return len(moved)


@transaction.atomic
def reject(*, claim: Claim, reason: str, text: str, by: Actor, at: datetime) -> Claim:
    """Not good enough, and why. The worker may object for some days; so long the place and its money are kept."""
    claim = lock_claim(claim, by)
    done, rejected = queries.judged(claim.task_id)
    require(policy.can_reject(by, claim, done, rejected))
    require(None if reason in Claim.Reason.values else no.REASON_MISSING)
    text = required_text(text, missing=no.REASON_TEXT_MISSING, too_long=no.TEXT_TOO_LONG, length_max=REASON_LENGTH_MAX)
    appeal_by = timing.days_after(at, claim.task.rules.appeal_days)
    event = {"task_id": claim.task_id, "reason": reason, "appeal_by": appeal_by.isoformat()}
    columns = {"reason": reason, "reason_text": text, "decided_at": at, "appeal_by": appeal_by}
    return move(claim, CLAIM, "reject", by=by, at=at, event=event, **columns)
