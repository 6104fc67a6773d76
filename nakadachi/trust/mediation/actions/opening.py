"""Asking the operator to mediate about money that is set aside, and taking that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refused, require
from nakadachi.money.escrow import policy as escrow
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.purposes import on_claimed
from nakadachi.trust.mediation import deadlines, policy, refusals
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.locking import lock_case, owner_of
from nakadachi.trust.mediation.models import OPEN, Case


@transaction.atomic
def open_case(*, hold: Hold, reason: str, request_key: UUID, by: Actor, at: datetime) -> Case:
    """Freeze the money of one piece of work and begin to talk about it."""
    owner = on_claimed.get(hold.purpose)
    if owner is None:
        raise Refused(refusals.CANNOT_CLAIM)
    hold = owner.lock(hold_id=hold.pk)
    known = Case.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if (known.hold_id, known.opened_by_id) == (hold.pk, by.id) else refusals.KEY_REUSED)
        return known
    if by.id is None or not (by.is_member(hold.payer_id) or by.is_member(hold.payee_id)):
        raise NotVisible
    require(refusals.ALREADY_OPEN if Case.objects.filter(hold=hold, status__in=OPEN).exists() else None)
    require(escrow.can_claim(by, hold))
    reason = tidy_text(reason)
    require(policy.text_refusal(reason, refusals.REASON_MISSING))
    case = Case.objects.create(
        contract_id=owner.contract_id_of(hold=hold),
        hold=hold,
        opened_by_id=by.id,
        reason=reason,
        rest_yen=hold.rest_yen,
        opened_at=at,
        due_at=deadlines.talk_until(at),
        request_key=request_key,
    )
    owner.claimed(hold=hold, claim_id=case.pk, by=by, at=at)
    record("case.open", case, by=by, at=at, contract_id=case.contract_id, hold_id=hold.pk, rest_yen=case.rest_yen)
    return case


@transaction.atomic
def withdraw(*, case: Case, by: Actor, at: datetime) -> Case:
    """The side that asked no longer wants it: the work goes on, the time that was lost is given back."""
    case = lock_case(case.pk, by)
    require(policy.can_withdraw(by, case))
    move(case, CASE, "withdraw", by=by, at=at, outcome=Case.Outcome.WITHDRAWN, closed_at=at, due_at=None)
    owner_of(case).dropped(hold=case.hold, claim_id=case.pk, since=case.opened_at, by=by, at=at)
    return case
