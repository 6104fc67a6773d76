"""The client sets the whole sum aside; then the places are laid out, and the task opens at its time."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import require
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.tasks import policy, pricing
from nakadachi.market.tasks.lifecycle import TASK
from nakadachi.market.tasks.locking import lock_posting, lock_task
from nakadachi.market.tasks.models import Task
from nakadachi.money import rulebook
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import batches
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.paying import start_payment
from nakadachi.money.payments.models import Payment

PURPOSE = "task"

LAY_OUT = """
INSERT INTO tasks_slot (task_id, number)
SELECT %(task)s, number FROM generate_series(1, %(count)s) AS number
"""
"""The places of a task, all at once."""


@transaction.atomic
def start_funding(*, task: Task, request_key: UUID, by: Actor, at: datetime) -> Payment:
    """Open the hold for all answers under the rules of today, and an attempt to pay it; while one is on, that one."""
    task = lock_task(task.pk, by)
    require(policy.can_fund(by, task, at))
    hold = task.hold or _open_hold(task, by, at)
    return start_payment(hold=hold, request_key=request_key, by=by, at=at)


def _open_hold(task: Task, by: Actor, at: datetime) -> Hold:
    """From here on the contents stand: they are what is paid for."""
    quote = pricing.quote_of_sum(task.price_yen, task.slots_count, jst_date(at))
    task.hold = batches.open_batch(
        purpose=PURPOSE,
        purpose_id=task.pk,
        payer=task.client,
        unit_yen=task.price_yen,
        quote=quote,
        by=by,
        at=at,
    )
    task.terms = asdict(rulebook.current().tasks)
    task.save(update_fields=["hold", "terms"])
    return task.hold


@transaction.atomic
def money_arrived(*, payment: Payment, by: Actor, at: datetime) -> None:
    """A payment was captured (`escrow.purposes.on_captured`): the places are laid out, and the task opens at its time.

    What comes in for a draft that was thrown away meanwhile goes straight back.
    """
    task = lock_posting(Task.objects.get(hold_id=payment.purpose_id).pk, SYSTEM)
    assert task.hold is not None
    was = task.hold.status
    task.hold = escrow.fund(hold=task.hold, payment=payment, by=by, at=at)
    if was != "unfunded" or task.hold.funded_by_id != payment.pk:
        return
    if not TASK.allows(task.status, "fund"):
        escrow.refund(hold=task.hold, by=SYSTEM, at=at)
        return
    with connection.cursor() as cursor:
        cursor.execute(LAY_OUT, {"task": task.pk, "count": task.slots_count})
    event = {"hold_id": task.hold.pk, "payment_id": payment.pk, "slots": task.slots_count}
    move(task, TASK, "fund", by=by, at=at, event=event, funded_at=at)
    if task.opens_at is None or task.opens_at <= at:
        _open(task, at)


@transaction.atomic
def open_task(*, task_id: int, at: datetime) -> bool:
    """Its time has come."""
    task = lock_posting(task_id, SYSTEM)
    if task.status != Task.Status.FUNDED or (task.opens_at is not None and at < task.opens_at):
        return False
    _open(task, at)
    return True


def _open(task: Task, at: datetime) -> None:
    jobs.show(job=task.job, by=SYSTEM, at=at)
    move(task, TASK, "open", by=SYSTEM, at=at, opened_at=at)
