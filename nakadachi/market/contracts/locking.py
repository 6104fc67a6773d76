"""Taking hold of what an action decides on: always in the order job, proposal, contract, milestone, hold."""

from django.db.models import Max

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts.models import Contract, Delivery, EndProposal, Milestone
from nakadachi.market.contracts.policy import may_see
from nakadachi.money.escrow.models import Hold


def lock_contract(contract_id: int, by: Actor) -> Contract:
    """The contract as it is now, its sides loaded; `NotVisible` for anybody who has no part in it."""
    contracts = Contract.objects.select_related("client", "worker").select_for_update(of=("self",))
    contract = contracts.filter(pk=contract_id).first()
    if contract is None or not may_see(by, contract):
        raise NotVisible
    return contract


def lock_milestones(contract: Contract) -> list[Milestone]:
    """All milestones of a locked contract in their order, each with its hold, all locked."""
    milestones = list(Milestone.objects.select_for_update().filter(contract=contract).order_by("position"))
    hold_ids = [milestone.hold_id for milestone in milestones if milestone.hold_id is not None]
    holds = {hold.pk: hold for hold in Hold.objects.select_for_update().filter(pk__in=hold_ids).order_by("pk")}
    for milestone in milestones:
        milestone.contract = contract
        milestone.hold = holds.get(milestone.hold_id) if milestone.hold_id is not None else None
    return milestones


def lock_milestone(milestone: Milestone, by: Actor) -> Milestone:
    """One milestone with its contract and hold, locked after the contract and together with its neighbours."""
    contract = lock_contract(milestone.contract_id, by)
    for locked in lock_milestones(contract):
        if locked.pk == milestone.pk:
            return locked
    raise NotVisible


def lock_end(end: EndProposal, by: Actor) -> EndProposal:
    """A proposal to end, with its contract, both locked."""
    contract = lock_contract(end.contract_id, by)
    locked = EndProposal.objects.select_for_update().get(pk=end.pk)
    locked.contract = contract
    return locked


def current_delivery(milestone: Milestone) -> Delivery:
    """The delivery that waits for inspection; the milestone is locked and delivered."""
    return Delivery.objects.get(milestone=milestone, withdrawn_at=None, revision_requested_at=None)


def next_delivery_number(milestone: Milestone) -> int:
    """Deliveries of a milestone are counted from 1; the milestone is locked."""
    last = Delivery.objects.filter(milestone=milestone).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
