"""Who may move a hold, and how much of it. Whether work was delivered is decided above, by the contract."""

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen, format_yen
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, N_, Refusal
from nakadachi.money.escrow.models import Hold
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may

NOT_PAYER = Refusal("hold_not_payer", N_("Only the client can confirm the reward."), 403)
NOT_PAYEE = Refusal("hold_not_payee", N_("Only the worker can give the money back."), 403)
NOT_PARTY = Refusal("hold_not_party", N_("Only the two sides of this contract can settle it."), 403)
NOT_FUNDED = Refusal("hold_not_funded", N_("The money has not been paid in yet. The client has to pay it in first."))
FROZEN = Refusal(
    "hold_frozen",
    N_("The client disputes this payment with the card company. Nothing can be done with the money until it decides."),
)
CLAIMED = Refusal(
    "hold_claimed",
    N_("The operator mediates about this money. Nothing can be done with it until the mediation is over."),
)
AMOUNT_OUTSIDE = Refusal(
    "hold_amount_outside",
    N_("Please enter an amount from %(low)s to %(rest)s, the sum that is still set aside."),
    422,
    field="amount",
)
PART_TOO_SMALL = Refusal(
    "hold_part_too_small",
    N_("So small a part leaves nothing after fees and tax. Please choose another amount."),
    422,
    field="amount",
)
SAME_PERSON = Refusal("hold_same_person", N_("The client and the worker of a contract cannot be the same person."), 422)
FUNDING_IN_PROCESS = Refusal(
    "funding_in_process",
    N_("A payment for this is being processed. Please wait a few minutes and look again; you are not charged twice."),
)
OTHER_TERMS = Refusal("hold_other_terms", N_("Money is already being set aside for this under other terms."))


def can_release(actor: Actor, hold: Hold) -> Refusal | None:
    """The client, the operator's people for refunds, or the timer after silent acceptance."""
    if not (_decides(actor) or actor.is_member(hold.payer_id)):
        return NOT_PAYER
    return is_funded(hold)


def can_refund(actor: Actor, hold: Hold) -> Refusal | None:
    """The worker may always give money back; the client alone may not take it."""
    if not (_decides(actor) or actor.is_member(hold.payee_id)):
        return NOT_PAYEE
    return is_funded(hold)


def can_split(actor: Actor, hold: Hold) -> Refusal | None:
    """Either side once both agreed (the contract sees to that), or the operator's people for refunds."""
    if not (actor.is_member(hold.payer_id) or actor.is_member(hold.payee_id) or _decides(actor)):
        return NOT_PARTY
    return is_funded(hold)


def _decides(actor: Actor) -> bool:
    return actor.is_system or may(actor, areas.REFUNDS)


def can_take(hold: Hold, amount_yen: Yen, *, low_yen: Yen) -> Refusal | None:
    """The amount lies within the rest, and neither it nor what remains would cost the worker money."""
    assert not hold.is_batch, "a batch pays by units: escrow.batches"
    if not low_yen <= amount_yen <= hold.rest_yen:
        return AMOUNT_OUTSIDE.with_params(low=format_yen(low_yen), rest=format_yen(hold.rest_yen))
    part = hold.next_part(amount_yen)
    remains = hold.terms.whole.minus(hold.terms.part(0, hold.released_yen + amount_yen))
    if min(part.worker_receives_yen, remains.worker_receives_yen, remains.client_pays_yen) < 0:
        return PART_TOO_SMALL
    return None


def can_claim(actor: Actor, hold: Hold) -> Refusal | None:
    """Either side, while money stands in it and no claim is on."""
    if not (actor.is_member(hold.payer_id) or actor.is_member(hold.payee_id)):
        return NOT_PARTY
    if hold.is_claimed:
        return CLAIMED
    return None if hold.status == "frozen" else is_funded(hold)


def frozen_refusal(hold: Hold) -> Refusal:
    """Why a frozen hold does not move: the card company comes first."""
    return FROZEN if hold.is_disputed else CLAIMED


def is_funded(hold: Hold) -> Refusal | None:
    """Money is in it, and may move."""
    if hold.status == "funded":
        return None
    if hold.status == "frozen":
        return frozen_refusal(hold)
    return NOT_FUNDED if hold.status == "unfunded" else MOVE_NOT_ALLOWED
