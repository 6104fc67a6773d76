"""What payments were for, in the words of the work: for lists of the operator."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakadachi.market.contracts import queries as contracts
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments.models import Payment
from nakadachi.web.pages.earnings.board import work_words


@dataclass(frozen=True)
class Work:
    """The work in one line, and who it is between."""

    title: str
    client: str
    worker: str
    status: str


def work_of_payments(payments: Sequence[Payment]) -> dict[int, Work]:
    """By payment id, in one query."""
    holds = {payment.pk: payment.purpose_id for payment in payments if payment.purpose == PURPOSE}
    milestones = contracts.milestones_of_holds(list(holds.values()))
    return {
        payment_id: Work(
            title=work_words(milestone),
            client=milestone.contract.client.display_name,
            worker=milestone.contract.worker.display_name,
            status=milestone.get_status_display(),
        )
        for payment_id, hold_id in holds.items()
        if (milestone := milestones.get(hold_id)) is not None
    }
