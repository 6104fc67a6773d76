"""The worker objects to a rejection or leaves it at that; the operator decides, else the worker is paid."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.infra.text import required_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refusal, require
from nakadachi.market.tasks import policy, timing
from nakadachi.market.tasks import refusals as no
from nakadachi.market.tasks.actions.finishing import finish_if_done, forget_values, free_place, pay
from nakadachi.market.tasks.lifecycle import CLAIM
from nakadachi.market.tasks.locking import lock_claim
from nakadachi.market.tasks.models import REASON_LENGTH_MAX, Claim


@transaction.atomic
def appeal(*, claim: Claim, text: str, by: Actor, at: datetime) -> Claim:
    """Object, once, saying why. The operator decides by a fixed moment."""
    claim = lock_claim(claim, by)
    require(policy.can_appeal(by, claim, at))
    text = _reasons(text, no.APPEAL_TEXT_MISSING)
    decide_by = timing.days_after(at, claim.task.rules.decision_days)
    event = {"task_id": claim.task_id, "decide_by": decide_by.isoformat()}
    columns = {"appeal_text": text, "appealed_at": at, "decide_by": decide_by}
    return move(claim, CLAIM, "appeal", by=by, at=at, event=event, **columns)


@transaction.atomic
def accept_rejection(*, claim: Claim, by: Actor, at: datetime) -> Claim:
    """Leave it at that: the rejection is final, the place is free again."""
    claim = lock_claim(claim, by)
    require(policy.can_accept_rejection(by, claim))
    move(claim, CLAIM, "accept_rejection", by=by, at=at, event={"task_id": claim.task_id})
    _refused(claim, at)
    return claim


@transaction.atomic
def decide(*, claim: Claim, is_good: bool, text: str, by: Actor, at: datetime) -> Claim:
    """The operator's decision with its reasons: the worker is paid, or the rejection is final."""
    claim = lock_claim(claim, by)
    require(policy.can_decide_appeal(by, claim))
    text = _reasons(text, no.DECISION_TEXT_MISSING)
    Claim.objects.filter(pk=claim.pk).update(decision_text=text)
    claim.decision_text = text
    if is_good:
        _grant(claim, by, at)
        return claim
    move(claim, CLAIM, "dismiss", by=by, at=at, event={"task_id": claim.task_id}, decided_at=at)
    _refused(claim, at)
    return claim


@transaction.atomic
def let_pass(*, claim_id: int, at: datetime) -> bool:
    """The worker did not object in time: the rejection is final."""
    claim = Claim.objects.get(pk=claim_id)
    if claim.appeal_by is None or at < claim.appeal_by:
        return False
    accept_rejection(claim=claim, by=SYSTEM, at=at)
    return True


@transaction.atomic
def grant_by_silence(*, claim_id: int, at: datetime) -> bool:
    """The operator did not decide in time: what was handed in is paid."""
    claim = lock_claim(Claim.objects.get(pk=claim_id), SYSTEM)
    require(policy.can_decide_appeal(SYSTEM, claim))
    if claim.decide_by is None or at < claim.decide_by:
        return False
    _grant(claim, SYSTEM, at)
    return True


def _grant(claim: Claim, by: Actor, at: datetime) -> None:
    require(policy.can_approve(SYSTEM, claim.task))
    moved = pay(claim.task, {claim.pk: claim.worker_id}, "grant", by=by, at=at)
    require(None if moved else MOVE_NOT_ALLOWED)
    claim.status = Claim.Status.APPROVED
    finish_if_done(claim.task, at=at)


def _refused(claim: Claim, at: datetime) -> None:
    forget_values(claim)
    free_place(claim)
    finish_if_done(claim.task, at=at)


def _reasons(text: str, missing: Refusal) -> str:
    return required_text(text, missing=missing, too_long=no.TEXT_TOO_LONG, length_max=REASON_LENGTH_MAX)
