"""A client disputes the card payment of a task: its money freezes, and the card company's decision ends that.

Answers that were handed in are paid for, whatever is decided: no worker pays for the client's card (docs/adr/0012).
Only what nobody has worked for goes back with the dispute.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move, move_all
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.calendar import begun_days
from nakadachi.kernel.money import Yen
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.tasks.actions.finishing import finish_if_done, pay
from nakadachi.market.tasks.lifecycle import CLAIM, TASK
from nakadachi.market.tasks.locking import lock_posting
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import freezing
from nakadachi.money.payments import Given
from nakadachi.money.payments.models import Dispute, Payment


@dataclass(frozen=True)
class TaskDisputes:
    """For `escrow.purposes.on_disputed["task"]`; see `payments.OnDisputed`."""

    def lock(self, *, payment: Payment) -> None:
        """Posting, task; the hold behind it is locked by its own verbs."""
        _locked(payment)

    def opened(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """The money stays where it is, no more places are given out; what was begun may be handed in."""
        task = _locked(payment)
        assert task.hold is not None
        was = task.hold.status
        task.hold = freezing.freeze(hold=task.hold, payment=payment, by=SYSTEM, at=at)
        if task.hold.status != was:
            record("task.freeze", task, by=SYSTEM, at=at, hold_id=task.hold.pk, dispute_id=dispute.pk)

    def won(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """Everything goes on. The time to look at answers that was lost is given back, in whole days."""
        task = _locked(payment)
        assert task.hold is not None
        if task.hold.status != "frozen" or task.hold.funded_by_id != payment.pk:
            return
        task.hold = freezing.unfreeze(hold=task.hold, payment=payment, by=SYSTEM, at=at)
        lost = begun_days(dispute.opened_at, at)
        if not task.is_instant:
            waiting = Claim.objects.filter(task=task, status=Claim.Status.SUBMITTED)
            waiting.update(auto_approve_at=F("auto_approve_at") + lost)
        record("task.unfreeze", task, by=SYSTEM, at=at, hold_id=task.hold.pk, dispute_id=dispute.pk)
        finish_if_done(task, at=at)

    def lost(self, *, payment: Payment, dispute: Dispute, left_yen: Yen, at: datetime) -> Given | None:
        """Every answer that came is paid for; the rest of the hold goes with the dispute, and the task ends."""
        task = _locked(payment)
        hold = task.hold
        assert hold is not None
        if hold.status != "frozen" or hold.funded_by_id != payment.pk:
            return None
        task.hold = freezing.unfreeze(hold=hold, payment=payment, by=SYSTEM, at=at)
        _end(task, dispute, at)
        hold = task.hold
        given = None
        if hold.status == "funded":
            hold = freezing.freeze(hold=hold, payment=payment, by=SYSTEM, at=at)
            given = escrow.charge_back(hold=hold, payment=payment, left_yen=left_yen, by=SYSTEM, at=at)
            task.hold = hold if given is not None else freezing.unfreeze(hold=hold, payment=payment, by=SYSTEM, at=at)
            task.hold.refresh_from_db()
        finish_if_done(task, at=at)
        return given


def _end(task: Task, dispute: Dispute, at: datetime) -> None:
    """Pay what was handed in and not finally refused, let go of what was only reserved, take no more."""
    event = {"dispute_id": dispute.pk}
    for status, name in (("submitted", "approve"), ("rejected", "pay_out"), ("appealed", "pay_out")):
        workers = dict(Claim.objects.filter(task=task, status=status).order_by("pk").values_list("pk", "worker_id"))
        if workers:
            pay(task, workers, name, by=SYSTEM, at=at, event=event)
            record("task.pay", task, by=SYSTEM, at=at, workers=sorted(set(workers.values())), **event)
    reserved = list(Claim.objects.filter(task=task, status=Claim.Status.RESERVED).values_list("pk", flat=True))
    move_all(Claim, reserved, CLAIM, "lapse", by=SYSTEM, at=at, event={"task_id": task.pk, **event})
    if TASK.allows(task.status, "close"):
        jobs.take_down(job=task.job, by=SYSTEM, at=at)
        move(task, TASK, "close", by=SYSTEM, at=at, event={"charged_back": True, **event}, closed_at=at)
        Slot.objects.filter(task=task).delete()


def _locked(payment: Payment) -> Task:
    return lock_posting(Task.objects.get(hold_id=payment.purpose_id).pk, SYSTEM)
