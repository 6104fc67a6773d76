"""An attempt to pay for a hold, the same for every kind of work."""

from datetime import datetime
from uuid import UUID

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money.escrow import policy
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.escrow.models import Hold
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments import queries
from nakadachi.money.payments.models import Payment


def start_payment(*, hold: Hold, amount_yen: Yen | None = None, request_key: UUID, by: Actor, at: datetime) -> Payment:
    """The intent to pay all that the hold needs; while an attempt is on, that one for the same form, else a refusal.

    `amount_yen`: the difference that is missing when something rolls on into the hold.
    For a caller whose transaction has locked what the hold is for; the card is charged after it, by `payments.charge`.
    """
    last = queries.last_attempt(PURPOSE, hold.pk)
    came_back = hold.status == "unfunded"
    if last is not None and (last.is_pending or (last.status == "captured" and not came_back)):
        require(None if last.request_key == request_key else policy.FUNDING_IN_PROCESS)
        return last
    return payments.start(
        purpose=PURPOSE,
        purpose_id=hold.pk,
        payer=hold.payer,
        amount_yen=hold.client_pays_yen if amount_yen is None else amount_yen,
        request_key=request_key,
        by=by,
        at=at,
    )


def require_none_on_its_way(hold: Hold) -> None:
    """A card that is being charged right now is waited for."""
    if hold.status == "unfunded":
        last = queries.last_attempt(PURPOSE, hold.pk)
        require(policy.FUNDING_IN_PROCESS if last is not None and last.is_pending else None)


def is_being_paid(hold: Hold) -> bool:
    """True while a card is being charged for it."""
    return queries.pending_for(PURPOSE, hold.pk) is not None
