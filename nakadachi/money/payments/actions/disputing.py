"""Chargebacks: the provider takes the money at once and decides later. Who bears what is decided here, never silently.

The locks come first and in the order of the house (contract, milestone, hold, payment), so the owner of the payment
locks before we do.
"""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.models import Event
from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.queue import defer, outside_transaction
from nakadachi.infra.text import TEXT_LENGTH_MAX, tidy_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money import payments
from nakadachi.money.ledger import book
from nakadachi.money.payments import gateways, journals, policy
from nakadachi.money.payments.actions.asking import ask
from nakadachi.money.payments.actions.refunding import SEND, record_refund
from nakadachi.money.payments.lifecycle import DISPUTE, REFUND
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payments.port import Disputed, Gateway, GatewayRefused

SEND_EVIDENCE = "payments.send_evidence"


def take_note(*, gateway: Gateway, answer: Disputed, at: datetime) -> Dispute | None:
    """Write down what the provider says of a dispute, whoever brings the news; None when the charge is not ours.

    Before that, what it knows of the charge and of refunds under way is written down, so that the order of news does
    not matter.
    """
    if not outside_transaction():
        raise RuntimeError("a provider is never called inside a transaction")
    payment = Payment.objects.filter(gateway=gateway.name, key=answer.charge_key).first()
    if payment is None:
        return None
    if payment.is_pending:
        payment = ask(payment_id=payment.pk, at=at)
    for refund in Refund.objects.filter(payment=payment, status="requested"):
        back = gateway.find_refund(refund.sent_key)
        if back is not None:
            record_refund(refund_id=refund.pk, answer=back, at=at)
    return record_dispute(payment=payment, answer=answer, at=at)


def look_at_dispute(*, dispute_id: int, at: datetime) -> Dispute:
    """Ask the provider about one dispute now, instead of waiting for its news."""
    dispute = Dispute.objects.select_related("payment").get(pk=dispute_id)
    gateway = gateways.get(dispute.payment.gateway)
    answer = gateway.find_dispute(dispute.gateway_ref)
    return (take_note(gateway=gateway, answer=answer, at=at) if answer else None) or dispute


@transaction.atomic
def record_dispute(*, payment: Payment, answer: Disputed, at: datetime) -> Dispute | None:
    """Open and decide, each once. What does not fit the payment or an earlier decision is recorded and left alone."""
    owner = payments.on_disputed.get(payment.purpose)
    if owner is not None:
        owner.lock(payment=payment)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    dispute = Dispute.objects.filter(gateway_ref=answer.ref).first()
    if dispute is None:
        if payment.status != "captured" or not 0 < answer.amount_yen <= payment.amount_yen - payment.disputed_yen:
            if _is_news("payment.dispute_mismatch", payment):
                record("payment.dispute_mismatch", payment, by=SYSTEM, at=at, provider_yen=answer.amount_yen)
            return None
        dispute = _open(payment, answer, at)
        if owner is not None:
            owner.opened(payment=payment, dispute=dispute, at=at)
    if answer.outcome in {"open", dispute.status}:
        return dispute
    same = (dispute.payment_id, dispute.amount_yen, dispute.status) == (payment.pk, answer.amount_yen, "open")
    if not same:
        if _is_news("dispute.mismatch", dispute):
            record("dispute.mismatch", dispute, by=SYSTEM, at=at, provider_yen=answer.amount_yen)
        return dispute
    return _win(payment, dispute, owner, at) if answer.outcome == "won" else _lose(payment, dispute, owner, at)


def _is_news(kind: str, subject: Payment | Dispute) -> bool:
    """The provider's list is read again and again; the operator is told once."""
    known = Event.objects.filter(kind=kind, subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return not known.exists()


def _open(payment: Payment, answer: Disputed, at: datetime) -> Dispute:
    dispute = Dispute.objects.create(
        payment=payment,
        gateway_ref=answer.ref,
        amount_yen=answer.amount_yen,
        fee_yen=answer.fee_yen,
        reason=answer.reason[:40],
        opened_at=answer.opened_at,
        answer_by=answer.answer_by,
    )
    payment.disputed_yen += answer.amount_yen
    payment.save(update_fields=["disputed_yen"])
    draft = journals.dispute_open(
        dispute_id=dispute.pk, amount_yen=answer.amount_yen, fee_yen=answer.fee_yen, on=jst_date(at)
    )
    book.post(draft, key=key_for("dispute.open", dispute.pk))
    record("dispute.open", dispute, by=SYSTEM, at=at, payment_id=payment.pk, amount_yen=answer.amount_yen)
    return dispute


def _win(payment: Payment, dispute: Dispute, owner: payments.OnDisputed | None, at: datetime) -> Dispute:
    move(dispute, DISPUTE, "win", by=SYSTEM, at=at, event={"amount_yen": dispute.amount_yen}, decided_at=at)
    payment.disputed_yen -= dispute.amount_yen
    payment.save(update_fields=["disputed_yen"])
    draft = journals.dispute_won(dispute_id=dispute.pk, amount_yen=dispute.amount_yen, on=jst_date(at))
    book.post(draft, key=key_for("dispute.won", dispute.pk))
    if owner is not None:
        owner.won(payment=payment, dispute=dispute, at=at)
    for refund_id in Refund.objects.filter(payment=payment, status="requested").values_list("pk", flat=True):
        defer(SEND, refund_id=refund_id)
    return dispute


def _lose(payment: Payment, dispute: Dispute, owner: payments.OnDisputed | None, at: datetime) -> Dispute:
    """First refunds that have not reached the client (they have the money now), then undelivered money, then us."""
    from_refunds_yen = _end_refunds(payment, dispute.amount_yen, at)
    left_yen = dispute.amount_yen - from_refunds_yen
    given = owner.lost(payment=payment, dispute=dispute, left_yen=left_yen, at=at) if owner and left_yen else None
    from_hold_yen = given.amount_yen if given else 0
    lost = journals.Lost(
        from_hold_yen=from_hold_yen,
        from_refunds_yen=from_refunds_yen,
        loss_yen=left_yen - from_hold_yen,
        hold_id=given.hold_id if given else None,
        account_id=given.account_id if given else None,
    )
    columns = {
        "from_hold_yen": lost.from_hold_yen,
        "from_refunds_yen": lost.from_refunds_yen,
        "loss_yen": lost.loss_yen,
    }
    move(dispute, DISPUTE, "lose", by=SYSTEM, at=at, event=columns, decided_at=at, **columns)
    draft = journals.dispute_lost(dispute_id=dispute.pk, lost=lost, on=jst_date(at))
    book.post(draft, key=key_for("dispute.lost", dispute.pk))
    return dispute


def _end_refunds(payment: Payment, amount_yen: Yen, at: datetime) -> Yen:
    """Refunds that the provider has not taken on end with the dispute; answers with their sum."""
    ended_yen = 0
    waiting = Refund.objects.select_for_update().filter(payment=payment, status__in=["requested", "refused"])
    for refund in waiting.order_by("pk"):
        if ended_yen + refund.amount_yen <= amount_yen:
            move(refund, REFUND, "charge_back", by=SYSTEM, at=at, event={"amount_yen": refund.amount_yen})
            ended_yen += refund.amount_yen
    payment.refunded_yen -= ended_yen
    payment.save(update_fields=["refunded_yen"])
    return ended_yen


@transaction.atomic
def give_evidence(*, dispute: Dispute, text: str, by: Actor, at: datetime) -> Dispute:
    """Write down what speaks for us, and have it sent to the provider. The last text before the decision counts."""
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    require(policy.can_give_evidence(by, dispute))
    text = tidy_text(text)
    require(policy.evidence_refusal(text, TEXT_LENGTH_MAX))
    dispute.evidence, dispute.evidence_at, dispute.evidence_sent_at = text, at, None
    dispute.save(update_fields=["evidence", "evidence_at", "evidence_sent_at"])
    record("dispute.give_evidence", dispute, by=by, at=at, length=len(text))
    defer(SEND_EVIDENCE, dispute_id=dispute.pk)
    return dispute


def send_evidence(*, dispute_id: int, at: datetime) -> bool:
    """Hand the text to the provider; True when it took it. Safe to repeat."""
    if not outside_transaction():
        raise RuntimeError("a provider is never called inside a transaction")
    dispute = Dispute.objects.select_related("payment").get(pk=dispute_id)
    if dispute.status != "open" or not dispute.evidence or dispute.evidence_sent_at is not None:
        return False
    try:
        gateways.get(dispute.payment.gateway).send_evidence(ref=dispute.gateway_ref, text=dispute.evidence, at=at)
    except GatewayRefused:
        return False
    sent = Dispute.objects.filter(pk=dispute_id, evidence=dispute.evidence)
    return bool(sent.update(evidence_sent_at=at))
