"""Charging: intent row → commit → call the provider with a key → record, and put the money where it belongs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from nakadachi.infra.crash_points import reached
from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.queue import outside_transaction
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import Refused, require
from nakadachi.money import payments
from nakadachi.money.payments import gateways, policy
from nakadachi.money.payments.lifecycle import PAYMENT
from nakadachi.money.payments.models import ACTIVE, MISMATCH, Payment
from nakadachi.money.payments.port import Charge, GatewayUnavailable
from nakadachi.people.models import Member


@transaction.atomic
def start(
    *, purpose: str, purpose_id: int, payer: Member, amount_yen: Yen, request_key: UUID, by: Actor, at: datetime
) -> Payment:
    """Write the intent down. The same form again, or a second tab, gets the attempt that is already there."""
    require(policy.can_start(by, payer.pk))
    known = Payment.objects.filter(request_key=request_key).first()
    if known is not None:
        same = (known.purpose, known.purpose_id, known.payer_id, known.amount_yen)
        require(None if same == (purpose, purpose_id, payer.pk, amount_yen) else policy.KEY_REUSED)
        return known
    active = Payment.objects.filter(purpose=purpose, purpose_id=purpose_id, status__in=ACTIVE)
    existing = active.first()
    if existing is None:
        try:
            with transaction.atomic():
                return _create(
                    purpose=purpose,
                    purpose_id=purpose_id,
                    payer=payer,
                    amount_yen=amount_yen,
                    request_key=request_key,
                    by=by,
                    at=at,
                )
        except IntegrityError:
            existing = active.get()
    require(None if existing.amount_yen == amount_yen else policy.ALREADY_PAYING)
    return existing


def _create(
    *, purpose: str, purpose_id: int, payer: Member, amount_yen: Yen, request_key: UUID, by: Actor, at: datetime
) -> Payment:
    payment = Payment.objects.create(
        purpose=purpose,
        purpose_id=purpose_id,
        payer=payer,
        amount_yen=amount_yen,
        gateway=gateways.default().name,
        key=key_for("payment", payer.pk, request_key),
        request_key=request_key,
        created_at=at,
    )
    record("payment.create", payment, by=by, at=at, amount_yen=amount_yen)
    return payment


def charge(*, payment_id: int, card_token: str, by: Actor = SYSTEM, at: datetime, return_url: str = "") -> Payment:
    """Ask the provider for the money. Never inside a transaction; a second call never charges twice.

    Comes back with the payment captured, declined, or pending: no answer yet, money promised, or the card's owner has
    to confirm at `action_url` and comes back to `return_url`. `ask`, `reconcile` or a webhook finish it.
    """
    if not outside_transaction():
        raise RuntimeError("a provider is never called inside a transaction")
    require(None if card_token.strip() else policy.CARD_MISSING)
    payment = Payment.objects.get(pk=payment_id)
    require(policy.can_start(by, payment.payer_id))
    reached("payment.intended")
    try:
        with transaction.atomic():
            move(payment, PAYMENT, "process", by=by, at=at, processing_at=at)
    except Refused:
        return Payment.objects.get(pk=payment_id)
    reached("payment.processing")
    gateway = gateways.get(payment.gateway)
    try:
        answer = gateway.charge(
            key=payment.key, amount_yen=payment.amount_yen, card_token=card_token, at=at, return_url=return_url
        )
    except GatewayUnavailable:
        return payment
    reached("payment.charged")
    return record_charge(payment_id=payment_id, answer=answer, by=by, at=at)


@transaction.atomic
def record_charge(*, payment_id: int, answer: Charge, by: Actor, at: datetime) -> Payment:
    """Write down what the provider said, once, whoever brings the news (the call, a webhook, the reconciliation)."""
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if (answer.key, answer.amount_yen) != (payment.key, payment.amount_yen):
        return _mismatch(payment, answer, by, at)
    step, columns = _step_of(answer, at)
    if not PAYMENT.allows(payment.status, step):
        return payment
    move(payment, PAYMENT, step, by=by, at=at, **columns)
    if step == "capture":
        reached("payment.captured")
        payments.on_captured[payment.purpose](payment=payment, by=by, at=at)
        reached("payment.posted")
    return payment


def _step_of(answer: Charge, at: datetime) -> tuple[str, dict[str, Any]]:
    """The move that an answer means, and what is written down with it."""
    known: dict[str, tuple[str, dict[str, Any]]] = {
        "captured": ("capture", {"gateway_ref": answer.ref, "captured_at": at, "action_url": ""}),
        "requires_action": ("challenge", {"gateway_ref": answer.ref, "action_url": answer.action_url}),
        "awaiting": ("promise", {"gateway_ref": answer.ref, "action_url": ""}),
        "declined": ("decline", {"gateway_ref": answer.ref, "decline_code": answer.decline_code, "action_url": ""}),
        "expired": ("expire", {"gateway_ref": answer.ref, "decline_code": "not_confirmed", "action_url": ""}),
        "voided": ("fail", {"decline_code": "not_reached"}),
    }
    return known[answer.outcome]


def _mismatch(payment: Payment, answer: Charge, by: Actor, at: datetime) -> Payment:
    """The provider took another amount than asked: nothing is booked, the audit shows it until somebody has looked."""
    if PAYMENT.allows(payment.status, "fail"):
        event = {"provider_yen": answer.amount_yen, "provider_ref": answer.ref}
        move(payment, PAYMENT, "fail", by=by, at=at, event=event, decline_code=MISMATCH)
    return payment
