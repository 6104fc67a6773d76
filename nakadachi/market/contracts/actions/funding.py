"""The client sets the money aside. The card is charged by `payments`, outside of any transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import require
from nakadachi.market.contracts import policy, terms
from nakadachi.market.contracts.actions.changing import topped_up
from nakadachi.market.contracts.actions.closing import overtake_end
from nakadachi.market.contracts.actions.prolonging import prolong
from nakadachi.market.contracts.locking import lock_milestone
from nakadachi.market.contracts.models import Milestone
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.paying import start_payment
from nakadachi.money.payments.models import Payment

PURPOSE = "milestone"


@transaction.atomic
def start_funding(*, milestone: Milestone, request_key: UUID, by: Actor, at: datetime) -> Payment:
    """Open the hold under the quote of the agreed terms, and an attempt to pay it; while one is on, that one."""
    milestone = lock_milestone(milestone, by)
    require(policy.can_fund(by, milestone))
    hold = milestone.hold or _open_hold(milestone, by, at)
    return start_payment(hold=hold, request_key=request_key, by=by, at=at)


def _open_hold(milestone: Milestone, by: Actor, at: datetime) -> Hold:
    contract = milestone.contract
    assert contract.agreed_at is not None
    milestone.hold = escrow.open_hold(
        purpose=PURPOSE,
        purpose_id=milestone.pk,
        payer=contract.client,
        payee=contract.worker,
        quote=terms.quote_for(contract, milestone, jst_date(contract.agreed_at)),
        by=by,
        at=at,
    )
    milestone.save(update_fields=["hold"])
    return milestone.hold


@transaction.atomic
def money_arrived(*, payment: Payment, by: Actor, at: datetime) -> None:
    """A payment was captured (`escrow.purposes.on_captured`): the milestone is funded from now on.

    What comes in after the milestone was closed, or for a price that was changed meanwhile, goes straight back to the
    client; what comes in beside the first is the difference to a higher price that both agreed on, or goes back too.
    """
    milestone = lock_milestone(Milestone.objects.get(hold_id=payment.purpose_id), SYSTEM)
    assert milestone.hold is not None
    is_more = milestone.is_funded and milestone.hold.funded_by_id != payment.pk
    if is_more and topped_up(milestone, payment, at=at):
        return
    hold = escrow.fund(hold=milestone.hold, payment=payment, by=by, at=at)
    if not milestone.is_pending:
        if hold.status == "funded":
            escrow.refund(hold=hold, by=SYSTEM, at=at)
        return
    if hold.funded_by_id != payment.pk:
        return
    facts = {"hold_id": hold.pk, "payment_id": payment.pk, "amount_yen": milestone.amount_yen}
    record("milestone.fund", milestone, by=by, at=at, **facts)
    prolong(milestone.contract, [milestone.due_on], at=at)
    overtake_end(milestone.contract, at=at)
