"""A client disputes the card payment of a milestone: its money freezes, and the card company's decision ends that.

Work that was delivered is paid for, whatever is decided: the worker never pays for the client's card (docs/adr/0012).
"""

from dataclasses import dataclass
from datetime import datetime

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts.actions.closing import close_if_done
from nakadachi.market.contracts.actions.prolonging import give_back
from nakadachi.market.contracts.lifecycle import MILESTONE
from nakadachi.market.contracts.locking import lock_milestone
from nakadachi.market.contracts.models import Delivery, Milestone
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import freezing
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.queries import is_behind
from nakadachi.money.payments import Given
from nakadachi.money.payments.models import Dispute, Payment


@dataclass(frozen=True)
class MilestoneDisputes:
    """For `escrow.purposes.on_disputed["milestone"]`; see `payments.OnDisputed`."""

    def lock(self, *, payment: Payment) -> None:
        """Contract, milestones, holds."""
        _locked(payment)

    def opened(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """The money stays where it is; both sides see why."""
        milestone = _locked(payment)
        before = _hold_of(milestone)
        hold = freezing.freeze(hold=before, payment=payment, by=SYSTEM, at=at)
        if hold.is_disputed and not before.is_disputed:
            record("milestone.freeze", milestone, by=SYSTEM, at=at, hold_id=hold.pk, dispute_id=dispute.pk)

    def won(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """The work goes on. The time for inspection that was lost is given back, in whole days."""
        milestone = _locked(payment)
        before = _hold_of(milestone)
        if not before.is_disputed or not is_behind(payment, before):
            return
        freezing.unfreeze(hold=before, payment=payment, by=SYSTEM, at=at)
        give_back(milestone, since=dispute.opened_at, at=at)
        record("milestone.unfreeze", milestone, by=SYSTEM, at=at, hold_id=before.pk, dispute_id=dispute.pk)

    def lost(self, *, payment: Payment, dispute: Dispute, left_yen: Yen, at: datetime) -> Given | None:
        """Nothing delivered: the hold gives its money, the milestone is closed. Delivered: the worker is paid now."""
        milestone = _locked(payment)
        hold = _hold_of(milestone)
        if not hold.is_disputed or not is_behind(payment, hold):
            return None
        if Delivery.objects.filter(milestone=milestone, withdrawn_at=None).exists():
            _pay(milestone, hold, payment, dispute, at)
            return None
        given = escrow.charge_back(hold=hold, payment=payment, left_yen=left_yen, by=SYSTEM, at=at)
        if given is None:
            freezing.unfreeze(hold=hold, payment=payment, by=SYSTEM, at=at)
        _close_or_go_on(milestone, hold, dispute, is_closed=given is not None, at=at)
        return given


def _locked(payment: Payment) -> Milestone:
    return lock_milestone(Milestone.objects.get(hold_id=payment.purpose_id), SYSTEM)


def _hold_of(milestone: Milestone) -> Hold:
    assert milestone.hold is not None
    return milestone.hold


def _close_or_go_on(milestone: Milestone, hold: Hold, dispute: Dispute, *, is_closed: bool, at: datetime) -> None:
    """More stood in the hold than was taken: the work goes on as agreed, the operator bears what was taken."""
    if not is_closed:
        give_back(milestone, since=dispute.opened_at, at=at)
        record("milestone.unfreeze", milestone, by=SYSTEM, at=at, hold_id=hold.pk, dispute_id=dispute.pk)
        return
    event = {"charged_back": True, "dispute_id": dispute.pk}
    move(milestone, MILESTONE, "settle", by=SYSTEM, at=at, event=event, closed_at=at, auto_accept_at=None)
    close_if_done(milestone.contract, by=SYSTEM, at=at)


def _pay(milestone: Milestone, hold: Hold, payment: Payment, dispute: Dispute, at: datetime) -> None:
    """With the money the client gave up the right to inspect: the worker is paid by an ordinary release."""
    hold = freezing.thaw(hold=hold, by=SYSTEM, at=at, payment_id=payment.pk)
    event = {"hold_id": hold.pk, "dispute_id": dispute.pk}
    columns = {"closed_at": at, "auto_accept_at": None}
    if milestone.status == Milestone.Status.DELIVERED:
        move(milestone, MILESTONE, "accept", by=SYSTEM, at=at, event=event, accepted_at=at, **columns)
    else:
        move(milestone, MILESTONE, "settle", by=SYSTEM, at=at, event={**event, "paid": True}, **columns)
    milestone.hold = escrow.release_locked(hold=hold, by=SYSTEM, at=at)
    close_if_done(milestone.contract, by=SYSTEM, at=at)
