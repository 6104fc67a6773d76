"""Who may pay, and what speaks against a charge or a refund."""

from django.conf import settings

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen, format_yen
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may

NOT_PAYER = Refusal("not_payer", N_("Only the client of this contract can pay for it."), 403)
ALREADY_PAYING = Refusal(
    "already_paying",
    N_("A payment of another amount is already under way for this. Please wait a few minutes and look again."),
)
KEY_REUSED = Refusal("key_reused", N_("This form was already used for something else. Please open the page again."))
CARD_MISSING = Refusal("card_missing", N_("Please enter a card number."), 422, field="card_number")
REFUND_TOO_LARGE = Refusal(
    "refund_too_large", N_("No more than %(refundable)s of this payment can be given back."), 422
)
NOT_STAFF = Refusal("payments_not_staff", N_("Only the operator can do this."), 403)
NOT_REFUSED = Refusal("refund_not_refused", N_("This refund is not waiting for a decision any more."))
REFUND_DISPUTED = Refusal(
    "refund_disputed",
    N_("The client disputes this payment with the card company. Please wait for the decision before you refund it."),
)
TRANSFER_ORDERED = Refusal(
    "refund_transfer_ordered",
    N_("A bank transfer is ordered for this refund. Please carry it out, or take the order back first."),
)
NOT_ORDERED = Refusal("refund_transfer_not_ordered", N_("No bank transfer is ordered. Please order it first."))
SECOND_PERSON = Refusal(
    "refund_second_person",
    N_("You ordered this bank transfer yourself. A colleague has to carry it out and mark it."),
    403,
)
NOTE_MISSING = Refusal(
    "refund_note_missing", N_("Please write why, and to which account it was sent."), 422, field="note"
)
NOTE_TOO_LONG = Refusal(
    "refund_note_too_long", N_("Please shorten this to %(length_max)s characters or fewer."), 422, field="note"
)
DISPUTE_DECIDED = Refusal("dispute_decided", N_("The card company has decided already, so nothing more can be sent."))
EVIDENCE_MISSING = Refusal("evidence_missing", N_("Please write what speaks for the payment."), 422, field="evidence")
EVIDENCE_TOO_LONG = Refusal(
    "evidence_too_long", N_("Please shorten this to %(length_max)s characters or fewer."), 422, field="evidence"
)


_DECLINES = {
    "insufficient_funds": N_("The card has too little money on it. Please use another card."),
    "expired_card": N_("The card has expired. Please use another card."),
    "invalid_number": N_("This card number does not exist. Please check the digits and try again."),
    "settlement_failed": N_("The card company promised the money, but it did not come. Please pay again."),
    "challenge_refused": N_("The card's owner did not confirm the payment. Nothing was charged."),
    "not_confirmed": N_("The payment was not confirmed in time. Nothing was charged; please try again."),
    "not_reached": N_("The payment did not reach the card company. Nothing was charged; please try again."),
}
_DECLINED = N_("The card company refused the payment. Nothing was charged; please use another card.")


def decline_of(payment: Payment) -> Refusal | None:
    """Why an attempt failed, in words for the payer; None while it has not."""
    if payment.status not in {"declined", "failed", "expired"}:
        return None
    sentence = _DECLINES.get(payment.decline_code, _DECLINED)
    return Refusal(f"card_{payment.decline_code}", sentence, 422, field="card_number")


def can_start(actor: Actor, payer_id: int) -> Refusal | None:
    """Members pay for themselves only."""
    if actor.is_member(payer_id) or actor.is_system:
        return None
    return NOT_PAYER


def can_refund(payment: Payment, amount_yen: Yen) -> Refusal | None:
    """Never more than what was captured and not yet given back. `payment` is locked by the caller."""
    if 0 < amount_yen <= payment.refundable_yen:
        return None
    return REFUND_TOO_LARGE.with_params(refundable=format_yen(payment.refundable_yen))


def can_retry(actor: Actor, refund: Refund, *, is_disputed: bool, ordered_by: int | None = None) -> Refusal | None:
    """Staff, for a refused refund of a payment that nobody disputes, and of which no bank transfer is ordered."""
    return can_decide(actor, refund, is_disputed=is_disputed) or (None if ordered_by is None else TRANSFER_ORDERED)


def can_decide(actor: Actor, refund: Refund, *, is_disputed: bool) -> Refusal | None:
    """Staff, while the refund waits for a decision."""
    if not may(actor, areas.REFUNDS):
        return NOT_STAFF
    if refund.status != "refused":
        return NOT_REFUSED
    return REFUND_DISPUTED if is_disputed else None


def can_transfer(actor: Actor, refund: Refund, *, is_disputed: bool, ordered_by: int | None) -> Refusal | None:
    """As `can_decide`; where two persons are wanted, only after a colleague ordered it."""
    if refusal := can_decide(actor, refund, is_disputed=is_disputed):
        return refusal
    if not settings.STAFF_TWO_PERSON:
        return None
    if ordered_by is None:
        return NOT_ORDERED
    return SECOND_PERSON if ordered_by == actor.id else None


def can_drop(actor: Actor, refund: Refund, *, ordered_by: int | None) -> Refusal | None:
    """Staff, while an order waits; a dispute does not hinder it."""
    if refusal := can_decide(actor, refund, is_disputed=False):
        return refusal
    return NOT_ORDERED if ordered_by is None else None


def note_refusal(note: str, length_max: int) -> Refusal | None:
    """The reason is kept for ever, so there must be one."""
    if not note:
        return NOTE_MISSING
    return None if len(note) <= length_max else NOTE_TOO_LONG.with_params(length_max=length_max)


def can_give_evidence(actor: Actor, dispute: Dispute) -> Refusal | None:
    """Staff, until the decision."""
    if not may(actor, areas.REFUNDS):
        return NOT_STAFF
    return None if dispute.status == "open" else DISPUTE_DECIDED


def evidence_refusal(text: str, length_max: int) -> Refusal | None:
    """Something that can be sent."""
    if not text:
        return EVIDENCE_MISSING
    return None if len(text) <= length_max else EVIDENCE_TOO_LONG.with_params(length_max=length_max)
