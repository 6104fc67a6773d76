"""Who may pay, and what speaks against a charge or a refund."""

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen, format_yen
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.money.payments.models import Payment

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
