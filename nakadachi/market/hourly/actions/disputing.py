"""A client disputes a card payment behind a week: the money freezes where it stands now, and the decision ends that.

Recorded work is paid for, whatever is decided: the worker never pays for the client's card (docs/adr/0012).
"""

from dataclasses import dataclass
from datetime import datetime

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.calendar import begun_days
from nakadachi.kernel.money import Yen
from nakadachi.market.hourly.actions.closing import close_if_over, decide, pay_approved
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import entries_of, lock_week
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.money.escrow import freezing, rolling
from nakadachi.money.escrow import queries as holds
from nakadachi.money.escrow.models import Hold
from nakadachi.money.payments import Given
from nakadachi.money.payments.models import Dispute, Payment


@dataclass(frozen=True)
class WeekDisputes:
    """For `escrow.purposes.on_disputed["week"]`; see `payments.OnDisputed`."""

    def lock(self, *, payment: Payment) -> None:
        """Contract, week, hold."""
        _locked(payment)

    def opened(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """The money stays where it is, in the week into which it rolled last."""
        week, before = _locked(payment)
        hold = freezing.freeze(hold=before, payment=payment, by=SYSTEM, at=at)
        if hold.is_disputed and not before.is_disputed:
            record("workweek.freeze", week, by=SYSTEM, at=at, **_about(week, dispute))

    def won(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """The week goes on. The time for a decision that was lost is given back, in whole days."""
        week, before = _locked(payment)
        if not before.is_disputed:
            return
        if freezing.unfreeze(hold=before, payment=payment, by=SYSTEM, at=at).is_disputed:
            return
        if week.act_by is not None:
            week.act_by += begun_days(dispute.opened_at, at)
            week.save(update_fields=["act_by"])
        record("workweek.unfreeze", week, by=SYSTEM, at=at, **_about(week, dispute))

    def lost(self, *, payment: Payment, dispute: Dispute, left_yen: Yen, at: datetime) -> Given | None:
        """What was recorded is paid; what is left gives what it can, the remainder goes back to the client.

        While another payment behind the same money is disputed, its decision is waited for.
        """
        week, hold = _locked(payment)
        if not hold.is_disputed or freezing.unfreeze(hold=hold, payment=payment, by=SYSTEM, at=at).is_disputed:
            return None
        week.hold = freezing.thaw(hold=hold, by=SYSTEM, at=at, payment_id=payment.pk)
        given = _pay_and_give(week, payment, left_yen, at)
        if week.is_pending:
            columns = {"act_by": None, "fund_by": None, "closed_at": at}
            event = {**_about(week, dispute), "charged_back": True}
            move(week, WORK_WEEK, "settle", by=SYSTEM, at=at, event=event, **columns)
        close_if_over(week.engagement, at=at)
        return given


def _about(week: WorkWeek, dispute: Dispute) -> dict[str, int]:
    return {"contract_id": week.engagement.contract_id, "hold_id": week.hold_id or 0, "dispute_id": dispute.pk}


def _locked(payment: Payment) -> tuple[WorkWeek, Hold]:
    hold_id = holds.where_it_went(payment.purpose_id)
    week = lock_week(WorkWeek.objects.get(hold_id=hold_id), SYSTEM)
    assert week.hold is not None
    return week, week.hold


def _pay_and_give(week: WorkWeek, payment: Payment, left_yen: Yen, at: datetime) -> Given | None:
    """With the money the client gave up the right to look at the lines: they are paid as they stand."""
    entries = entries_of(week)
    decide(entries, TimeEntry.Decision.APPROVED)
    pay_approved(week, entries, by=SYSTEM, at=at)
    if week.hold is None or week.hold.status != "funded":
        return None
    week.hold = freezing.freeze(hold=week.hold, payment=payment, by=SYSTEM, at=at)
    return rolling.charge_back_rest(hold=week.hold, payment=payment, left_yen=left_yen, by=SYSTEM, at=at)
