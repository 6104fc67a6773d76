"""Keeping money where it is: while the card company decides on a dispute, or a mediation on a claim, or both.

A hold is frozen as long as there is a reason. Each reason comes and goes by itself; every step may come again and then
changes nothing.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.money.escrow import policy, queries
from nakadachi.money.escrow.lifecycle import HOLD
from nakadachi.money.escrow.models import HELD, Hold
from nakadachi.money.payments import queries as payments
from nakadachi.money.payments.models import Payment


@transaction.atomic
def freeze(*, hold: Hold, payment: Payment, by: Actor, at: datetime) -> Hold:
    """The payment behind it is disputed: nothing moves until that is decided. Only what is funded by it freezes."""
    hold = _locked(hold)
    if hold.is_disputed or hold.status not in HELD or not queries.is_behind(payment, hold):
        return hold
    return _add(hold, by, at, {"payment_id": payment.pk}, is_disputed=True)


@transaction.atomic
def unfreeze(*, hold: Hold, payment: Payment, by: Actor, at: datetime) -> Hold:
    """Decided: as far as the card company is concerned the money may move again, unless another payment behind it is
    still disputed."""
    hold = _locked(hold)
    if not hold.is_disputed or not queries.is_behind(payment, hold):
        return hold
    if any(other.pk != payment.pk and payments.is_disputed(other) for other in queries.payments_behind(hold)):
        return hold
    return _take_away(hold, by, at, {"payment_id": payment.pk}, stays=hold.is_claimed, is_disputed=False)


@transaction.atomic
def claim(*, hold: Hold, claim_id: int, by: Actor, at: datetime) -> Hold:
    """The sides do not agree about it, and one has asked the operator to mediate."""
    hold = _locked(hold)
    require(policy.can_claim(by, hold))
    return _add(hold, by, at, {"claim_id": claim_id}, is_claimed=True)


@transaction.atomic
def unclaim(*, hold: Hold, claim_id: int, by: Actor, at: datetime) -> Hold:
    """The claim is over."""
    hold = _locked(hold)
    if not hold.is_claimed:
        return hold
    return _take_away(hold, by, at, {"claim_id": claim_id}, stays=hold.is_disputed, is_claimed=False)


@transaction.atomic
def thaw(*, hold: Hold, by: Actor, at: datetime, **event: int) -> Hold:
    """Whatever the reasons were, they are over: what follows is decided."""
    hold = _locked(hold)
    if hold.status != "frozen":
        return hold
    return move(hold, HOLD, "unfreeze", by=by, at=at, event=event, is_disputed=False, is_claimed=False)


def _add(hold: Hold, by: Actor, at: datetime, event: dict[str, Any], **reason: bool) -> Hold:
    name = "freeze" if hold.status == "funded" else "freeze_also"
    return move(hold, HOLD, name, by=by, at=at, event=event, **reason)


def _take_away(hold: Hold, by: Actor, at: datetime, event: dict[str, Any], *, stays: bool, **reason: bool) -> Hold:
    return move(hold, HOLD, "unfreeze_part" if stays else "unfreeze", by=by, at=at, event=event, **reason)


def _locked(hold: Hold) -> Hold:
    return locked(Hold, id=hold.pk)[0]
