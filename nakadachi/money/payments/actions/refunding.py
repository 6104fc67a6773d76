"""Refunds: reserved with the payment row locked, sent by a job, posted when the provider confirms."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.crash_points import reached
from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.queue import defer, outside_transaction
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money.ledger import book
from nakadachi.money.payments import gateways, journals, policy, queries
from nakadachi.money.payments.lifecycle import REFUND
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.payments.port import ChargeBack, GatewayRefused

SEND = "payments.send_refund"


@transaction.atomic
def request_refund(*, payment: Payment, amount_yen: Yen, key: UUID, by: Actor, at: datetime) -> Refund:
    """Reserve a refund and have it sent. The caller has posted the sum into `refunds_in_transit`.

    The same key again gives the same refund; with another amount it is refused.
    """
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    known = Refund.objects.filter(key=key).first()
    if known is not None:
        same = (known.payment_id, known.amount_yen) == (locked.pk, amount_yen)
        require(None if same else policy.KEY_REUSED)
        return known
    require(policy.can_refund(locked, amount_yen))
    locked.refunded_yen += amount_yen
    locked.save(update_fields=["refunded_yen"])
    payment.refunded_yen = locked.refunded_yen
    refund = Refund.objects.create(payment=locked, amount_yen=amount_yen, key=key, sent_key=key, requested_at=at)
    record("refund.request", refund, by=by, at=at, payment_id=locked.pk, amount_yen=amount_yen)
    defer(SEND, refund_id=refund.pk)
    return refund


def send_refund(*, refund_id: int, at: datetime) -> Refund:
    """Ask the provider, then record. Safe to repeat: the refund's key makes the provider act once.

    While the card's owner disputes the payment, nothing is sent: the decision may give the money back.

    `GatewayUnavailable` goes up: the queue tries again, and `reconcile` after it.
    """
    if not outside_transaction():
        raise RuntimeError("a provider is never called inside a transaction")
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    is_disputed = queries.is_disputed(refund.payment)
    if refund.status not in {"requested", "pending"} or (refund.status == "requested" and is_disputed):
        return refund
    gateway = gateways.get(refund.payment.gateway)
    try:
        answer = gateway.refund(
            key=refund.sent_key, charge_ref=refund.payment.gateway_ref, amount_yen=refund.amount_yen, at=at
        )
    except GatewayRefused as no:
        return _record_refusal(refund_id=refund_id, sent_key=refund.sent_key, code=no.code, at=at)
    reached("refund.given")
    return record_refund(refund_id=refund_id, answer=answer, at=at)


@transaction.atomic
def record_refund(*, refund_id: int, answer: ChargeBack, at: datetime) -> Refund:
    """What the provider says of a refund: taken on, given back (settle and post, once), or refused after all."""
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if (answer.key, answer.amount_yen) != (refund.sent_key, refund.amount_yen):
        record("refund.mismatch", refund, by=SYSTEM, at=at, provider_yen=answer.amount_yen, provider_ref=answer.ref)
        return refund
    step = {"settled": "settle", "pending": "take_on", "refused": "refuse"}[answer.outcome]
    if not REFUND.allows(refund.status, step):
        return refund
    if step == "refuse":
        return move(refund, REFUND, step, by=SYSTEM, at=at, refuse_code=answer.refuse_code)
    if step == "take_on":
        return move(refund, REFUND, step, by=SYSTEM, at=at, gateway_ref=answer.ref)
    move(refund, REFUND, step, by=SYSTEM, at=at, gateway_ref=answer.ref, settled_at=at)
    draft = journals.refund_settle(refund_id=refund.pk, amount_yen=refund.amount_yen, on=jst_date(at))
    book.post(draft, key=key_for("refund.settle", refund.pk))
    reached("refund.posted")
    return refund


@transaction.atomic
def _record_refusal(*, refund_id: int, sent_key: UUID, code: str, at: datetime) -> Refund:
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if refund.sent_key == sent_key and REFUND.allows(refund.status, "refuse"):
        move(refund, REFUND, "refuse", by=SYSTEM, at=at, refuse_code=code)
    return refund


@transaction.atomic
def retry_refund(*, refund: Refund, by: Actor, at: datetime) -> Refund:
    """Ask the provider once more for a refund it refused, under a new key."""
    refund = lock(refund)
    ordered = queries.ordered_transfer(refund)
    is_disputed = queries.is_disputed(refund.payment)
    require(policy.can_retry(by, refund, is_disputed=is_disputed, ordered_by=ordered.actor_id if ordered else None))
    attempt = refund.attempt + 1
    columns = {"attempt": attempt, "sent_key": refund.key_of_attempt(attempt), "refuse_code": "", "gateway_ref": ""}
    move(refund, REFUND, "retry", by=by, at=at, event={"attempt": attempt}, **columns)
    defer(SEND, refund_id=refund.pk)
    return refund


def lock(refund: Refund) -> Refund:
    """The payment first, as every other movement of a refund's money does."""
    Payment.objects.select_for_update().get(pk=refund.payment_id)
    return Refund.objects.select_for_update().get(pk=refund.pk)
