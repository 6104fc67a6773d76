"""What payments were for, in the words of the work: for lists of the operator."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakadachi.market.contracts import queries as contracts
from nakadachi.market.tasks import queries as tasks
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments.models import Payment
from nakadachi.web.pages.earnings.board import work_words
from nakadachi.web.pages.earnings.contract import journals_of_holds
from nakadachi.web.pages.earnings.words import title_of


@dataclass(frozen=True)
class Work:
    """The work in one line, and who it is between."""

    title: str
    client: str
    worker: str
    status: str


@dataclass(frozen=True)
class Booked:
    """A journal by its number, and what it was."""

    id: int
    title: str


def journals_of(payment: Payment) -> list[Booked]:
    """Everything that was booked of a payment: into its hold and out of it, refunds, chargebacks; oldest first."""
    if payment.purpose != PURPOSE:
        return []
    heads = journals_of_holds([payment.purpose_id]).get(payment.purpose_id, [])
    return [Booked(head.journal_id, title_of(head.kind)) for head in heads]


def work_of_payments(payments: Sequence[Payment]) -> dict[int, Work]:
    """By payment id, in two queries at most."""
    holds = {payment.pk: payment.purpose_id for payment in payments if payment.purpose == PURPOSE}
    milestones = contracts.milestones_of_holds(list(holds.values()))
    posted = tasks.tasks_of_holds([hold_id for hold_id in holds.values() if hold_id not in milestones])
    found = {
        payment_id: Work(task.job.title, task.client.display_name, "", str(task.get_status_display()))
        for payment_id, hold_id in holds.items()
        if (task := posted.get(hold_id)) is not None
    }
    return found | {
        payment_id: Work(
            title=work_words(milestone),
            client=milestone.contract.client.display_name,
            worker=milestone.contract.worker.display_name,
            status=milestone.get_status_display(),
        )
        for payment_id, hold_id in holds.items()
        if (milestone := milestones.get(hold_id)) is not None
    }
