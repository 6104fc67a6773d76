"""Webhooks: a verified event only says where to look. The object itself is fetched from the provider."""

from datetime import datetime
from hashlib import sha256
from typing import Literal

from django.db import IntegrityError, transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.queue import outside_transaction
from nakadachi.kernel.actor import SYSTEM
from nakadachi.money.payments.actions.charging import record_charge
from nakadachi.money.payments.actions.disputing import take_note
from nakadachi.money.payments.actions.refunding import record_refund
from nakadachi.money.payments.models import HookReceipt, Payment, Refund
from nakadachi.money.payments.port import Charge, ChargeBack, Gateway, HookEvent

Outcome = Literal["done", "seen", "ignored", "unknown", "mismatch"]


def receive_hook(*, gateway: Gateway, event: HookEvent, body: bytes, at: datetime) -> Outcome:
    """Act on one verified event, once for ever.

    `seen`: it was acted on before. `ignored`: not a kind we act on. `unknown`: not one of our objects.
    `mismatch`: the event and the provider's own record differ, or an old event id came with a new body.
    """
    if not outside_transaction():
        raise RuntimeError("a provider is never called inside a transaction")
    digest = sha256(body).hexdigest()
    receipt = HookReceipt.objects.filter(gateway=gateway.name, event_id=event.id).first()
    if receipt is not None:
        if receipt.body_sha256 == digest:
            return "seen"
        record("hookreceipt.mismatch", receipt, by=SYSTEM, at=at, event_id=event.id, body_sha256=digest)
        return "mismatch"
    if event.kind == "other" or event.key is None:
        return "ignored"
    if event.kind == "dispute":
        return _act_on_dispute(gateway, event, digest, at)
    answer = gateway.find_charge(event.key) if event.kind == "charge" else gateway.find_refund(event.key)
    if answer is None:
        return "unknown"
    if answer.amount_yen != event.amount_yen:
        return "mismatch"
    try:
        return _act(gateway, event, answer, digest, at)
    except IntegrityError:
        return "seen"


def _act_on_dispute(gateway: Gateway, event: HookEvent, digest: str, at: datetime) -> Outcome:
    """The receipt comes after the deed: noting a dispute again changes nothing."""
    answer = gateway.find_dispute(event.ref)
    if answer is None or answer.charge_key != event.key:
        return "unknown"
    if answer.amount_yen != event.amount_yen:
        return "mismatch"
    if take_note(gateway=gateway, answer=answer, at=at) is None:
        return "unknown"
    try:
        with transaction.atomic():
            _keep(gateway, event, digest, at)
    except IntegrityError:
        return "seen"
    return "done"


@transaction.atomic
def _act(gateway: Gateway, event: HookEvent, answer: Charge | ChargeBack, digest: str, at: datetime) -> Outcome:
    if isinstance(answer, Charge):
        payment = Payment.objects.filter(gateway=gateway.name, key=answer.key).first()
        if payment is None:
            return "unknown"
        if payment.amount_yen != answer.amount_yen:
            return "mismatch"
        _keep(gateway, event, digest, at)
        record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=at)
        return "done"
    refund = Refund.objects.filter(payment__gateway=gateway.name, sent_key=answer.key).first()
    if refund is None:
        return "unknown"
    if refund.amount_yen != answer.amount_yen:
        return "mismatch"
    _keep(gateway, event, digest, at)
    record_refund(refund_id=refund.pk, answer=answer, at=at)
    return "done"


def _keep(gateway: Gateway, event: HookEvent, digest: str, at: datetime) -> None:
    HookReceipt.objects.create(gateway=gateway.name, event_id=event.id, body_sha256=digest, received_at=at)
