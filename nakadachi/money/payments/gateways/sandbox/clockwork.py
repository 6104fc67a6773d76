"""What happens at the provider by itself: promised money arrives, challenges end, refunds settle, owners complain.

Everything is decided by the card (`cards`) and comes when its moment is over, whoever asks first.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from nakadachi.money.payments.gateways.sandbox import cards, models, webhooks

Row = TypeVar("Row", models.Charge, models.Refund, models.Dispute)

MONEY_TAKES = timedelta(seconds=20)
REFUND_TAKES = timedelta(seconds=20)
COMPLAINT_AFTER = timedelta(seconds=30)
DECISION_TAKES = timedelta(seconds=60)
ANSWER_WITHIN = timedelta(days=7)
CHALLENGE_FOR = timedelta(minutes=10)
DISPUTE_FEE_YEN = 1_500


def first_change(card: cards.Card, at: datetime) -> datetime | None:
    """When a new charge on this card changes by itself."""
    if card.charge == "requires_action":
        return at + (timedelta(days=card.days) or CHALLENGE_FOR)
    if card.charge == "awaiting":
        return at + (timedelta(days=card.days) or MONEY_TAKES)
    return at + COMPLAINT_AFTER if card.dispute else None


def run(*, at: datetime) -> int:
    """Do everything that is due; returns how much it was. Safe to repeat and to run twice at once."""
    return (
        _each(models.Charge, _charge, at)
        + _each(models.Refund, _refund, at)
        + _each(models.Dispute, _dispute, at)
        + webhooks.send_due(at=at)
    )


def challenge_of(token: str) -> models.Charge | None:
    """The charge whose owner is asked under this secret address."""
    return models.Charge.objects.filter(token=token).exclude(token="").first()


def answer_challenge(*, token: str, approve: bool, at: datetime) -> models.Charge | None:
    """The card's owner confirms or refuses; None when there is no such challenge, unchanged when it is over."""
    with transaction.atomic(durable=True):
        charge = models.Charge.objects.select_for_update().filter(token=token).exclude(token="").first()
        if charge is None or charge.outcome != "requires_action":
            return charge
        if charge.changes_at is not None and charge.changes_at <= at:
            return expire(charge, at=at)
        card = cards.BY_NAME[charge.card]
        if approve and card.then == "captured":
            return _capture(charge, card, at)
        charge.decline_code = card.decline_code if approve else "challenge_refused"
        return _end(charge, "declined", at)


def expire(charge: models.Charge, *, at: datetime) -> models.Charge:
    """A challenge that nobody answered is over. The row is locked."""
    return _end(charge, "expired", at)


def decide(*, ref: str, won: bool, at: datetime) -> bool:
    """Decide on an open dispute; False when there is none of that name."""
    with transaction.atomic(durable=True):
        dispute = models.Dispute.objects.select_for_update().filter(ref=ref, outcome="open").first()
        if dispute is not None:
            _decide(dispute, "won" if won else "lost", at)
    return dispute is not None


def _each(model: type[Row], change: Callable[[Row, datetime], None], at: datetime) -> int:
    due = model._default_manager.filter(changes_at__lte=at).order_by("changes_at", "pk")
    done = 0
    for pk in list(due.values_list("pk", flat=True)[:500]):
        with transaction.atomic(durable=True):
            row = due.select_for_update(skip_locked=True).filter(pk=pk).first()
            if row is not None:
                change(row, at)
                done += 1
    return done


def _charge(charge: models.Charge, at: datetime) -> None:
    card = cards.BY_NAME.get(charge.card, cards.NO_CARD)
    if charge.outcome == "requires_action":
        expire(charge, at=at)
    elif charge.outcome == "awaiting" and card.then == "captured":
        _capture(charge, card, at)
    elif charge.outcome == "awaiting":
        charge.decline_code = card.decline_code
        _end(charge, "declined", at)
    else:
        charge.changes_at = None
        charge.save(update_fields=["changes_at"])
        _complain(charge, card, at)


def _capture(charge: models.Charge, card: cards.Card, at: datetime) -> models.Charge:
    charge.outcome, charge.captured_at = "captured", at
    charge.changes_at = at + COMPLAINT_AFTER if card.dispute else None
    charge.save()
    webhooks.tell_charge(charge, at=at)
    return charge


def _end(charge: models.Charge, outcome: str, at: datetime) -> models.Charge:
    charge.outcome, charge.changes_at = outcome, None
    charge.save()
    webhooks.tell_charge(charge, at=at)
    return charge


def _complain(charge: models.Charge, card: cards.Card, at: datetime) -> None:
    """For what was not given back yet. The sum and a fee are taken at once."""
    amount_yen = charge.amount_yen - charge.refunded_yen
    if amount_yen <= 0 or not card.dispute:
        return
    dispute = models.Dispute.objects.create(
        charge=charge,
        amount_yen=amount_yen,
        fee_yen=DISPUTE_FEE_YEN,
        reason="product_not_received",
        opened_at=at,
        changed_at=at,
        answer_by=at + ANSWER_WITHIN,
        changes_at=at + (ANSWER_WITHIN if card.dispute == "open" else DECISION_TAKES),
    )
    webhooks.tell_dispute(dispute, at=at)


def _dispute(dispute: models.Dispute, at: datetime) -> None:
    """As the card says; what nobody has decided by then, by whether there is evidence."""
    played = cards.BY_NAME[dispute.charge.card].dispute
    is_won = bool(dispute.evidence) if played == "open" else played == "won"
    _decide(dispute, "won" if is_won else "lost", at)


def _decide(dispute: models.Dispute, outcome: str, at: datetime) -> None:
    dispute.outcome, dispute.changes_at, dispute.changed_at = outcome, None, at
    dispute.save()
    webhooks.tell_dispute(dispute, at=at)


def _refund(refund: models.Refund, at: datetime) -> None:
    refund.changes_at = None
    if cards.BY_NAME[refund.charge.card].refund == "late":
        refund.outcome, refund.settled_at = "settled", at
    else:
        refund.outcome = "refused"
        charge = models.Charge.objects.select_for_update().get(pk=refund.charge_id)
        charge.refunded_yen -= refund.amount_yen
        charge.save(update_fields=["refunded_yen"])
    refund.save()
    webhooks.tell_refund(refund, at=at)
