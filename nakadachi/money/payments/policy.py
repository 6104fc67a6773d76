"""Who may pay, and what speaks against a charge or a refund."""

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen
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
    "refund_too_large", N_("No more than %(refundable_yen)s yen of this payment can be given back."), 422
)


def can_start(actor: Actor, payer_id: int) -> Refusal | None:
    """Members pay for themselves only."""
    if actor.is_member(payer_id) or actor.is_system:
        return None
    return NOT_PAYER


def can_refund(payment: Payment, amount_yen: Yen) -> Refusal | None:
    """Never more than what was captured and not yet given back. `payment` is locked by the caller."""
    if 0 < amount_yen <= payment.refundable_yen:
        return None
    return REFUND_TOO_LARGE.with_params(refundable_yen=payment.refundable_yen)
