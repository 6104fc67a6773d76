"""What events about tasks are about."""

from collections.abc import Collection

from nakadachi.infra.events.models import Event
from nakadachi.market.tasks import pricing
from nakadachi.market.tasks.lifecycle import UNDECIDED
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.payments.models import Payment
from nakadachi.notifications.facts import REFUNDS, staff_of
from nakadachi.notifications.rows import Facts


def of_task(event: Event) -> Facts:
    """A task, its client, and the workers of whom something waits; of a payment, those who were paid."""
    task = Task.objects.select_related("job", "client", "hold").get(pk=event.subject_id)
    waiting = Claim.objects.filter(task=task, status__in=UNDECIDED).values_list("worker_id", flat=True).distinct()
    paid: Collection[int] = event.data.get("workers", ())
    words = {
        "work": task.job.title,
        "reward_yen": pricing.answer_of(task, task.hold.terms.on).worker_receives_yen if task.hold else 0,
        "paid_yen": task.hold.settled_yen if task.hold else 0,
        "sum_yen": task.hold.client_pays_yen if task.hold else 0,
        "refund_yen": task.hold.refunded_yen if task.hold else 0,
        "closes_at": task.closes_at.isoformat(),
    }
    return Facts({"client": [task.client_id], "waiting": list(waiting), "paid": paid}, words, {"task_id": task.pk})


def of_claim(event: Event) -> Facts:
    """An answer, its worker, the client of the task, and the operator's people."""
    claim = Claim.objects.select_related("task__job", "task__hold", "worker").get(pk=event.subject_id)
    task = claim.task
    roles = {"client": [task.client_id], "worker": [claim.worker_id], "staff": staff_of(REFUNDS)}
    words = {
        "work": task.job.title,
        "reward_yen": pricing.answer_of(task, task.hold.terms.on).worker_receives_yen if task.hold else 0,
        "appeal_by_at": event.data.get("appeal_by"),
        "decide_by_at": event.data.get("decide_by"),
    }
    return Facts(roles, words, {"task_id": task.pk, "claim_id": claim.pk})


def is_for_task(event: Event) -> bool:
    """A payment for a task."""
    return _task_of(event) is not None


def of_task_payment(event: Event) -> Facts:
    """A payment for a task, and who pays it."""
    payment = Payment.objects.get(pk=event.subject_id)
    task = _task_of(event)
    assert task is not None
    words = {"work": task.job.title, "amount_yen": payment.amount_yen}
    return Facts({"client": [payment.payer_id]}, words, {"task_id": task.pk})


def _task_of(event: Event) -> Task | None:
    payment = Payment.objects.get(pk=event.subject_id)
    return Task.objects.select_related("job").filter(hold_id=payment.purpose_id).first()
