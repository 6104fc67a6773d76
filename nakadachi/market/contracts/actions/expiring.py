"""取引期限: a contract at which nothing happened ends by rule."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from nakadachi.infra.timers import Timer, by_column
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.contracts import policy
from nakadachi.market.contracts.actions.ending import end_by_rule, none_on_its_way
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Milestone


@transaction.atomic
def expire(*, contract_id: int, at: datetime) -> bool:
    """The deadline is over: delivered work is paid, what else is set aside goes back, the contract has ended.

    False when it is not due any more. Money that stands still has a clock of its own and is waited for; so is a card
    that is being charged.
    """
    contract = lock_contract(contract_id, SYSTEM)
    milestones = lock_milestones(contract)
    is_due = contract.deal_ends_at is not None and at >= contract.deal_ends_at
    if contract.status != Contract.Status.ACTIVE or not is_due or policy.frozen_refusal(milestones):
        return False
    none_on_its_way(milestones)
    end_by_rule(contract, milestones, event={"expired": True}, at=at)
    return True


def _moving() -> QuerySet[Contract]:
    frozen = Exists(Milestone.objects.filter(contract=OuterRef("pk"), hold__status="frozen"))
    return Contract.objects.filter(~frozen, status=Contract.Status.ACTIVE)


DEAL_OVER = Timer(
    "contracts ended by their deadline",
    by_column(_moving, "deal_ends_at"),
    lambda pk, at: expire(contract_id=pk, at=at),
)
