"""Taking hold of what an action decides on: always in the order job, proposal, contract, milestone, hold."""

from django.db.models import Max

from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts.models import Contract, Delivery, EndProposal, Milestone, TermsChange
from nakadachi.market.contracts.policy import may_see
from nakadachi.money.escrow.models import Hold


def lock_contract(contract_id: int, by: Actor) -> Contract:
    """The contract as it is now; `NotVisible` for anybody who has no part in it."""
    found = locked(Contract, id=contract_id)
    if not found or not may_see(by, found[0]):
        raise NotVisible
    return found[0]


def lock_milestones(contract: Contract) -> list[Milestone]:
    """All milestones of a locked contract in their order, each with its hold, all locked."""
    milestones = sorted(locked(Milestone, contract_id=contract.pk), key=lambda milestone: milestone.position)
    hold_ids = [milestone.hold_id for milestone in milestones if milestone.hold_id is not None]
    holds = {hold.pk: hold for hold in locked(Hold, id=hold_ids)} if hold_ids else {}
    for milestone in milestones:
        milestone.contract = contract
        milestone.hold = holds.get(milestone.hold_id) if milestone.hold_id is not None else None
    contract.locked_milestones = milestones
    return milestones


def lock_milestone(milestone: Milestone, by: Actor) -> Milestone:
    """One milestone with its contract and hold, locked after the contract and together with its neighbours."""
    contract = lock_contract(milestone.contract_id, by)
    for fresh in lock_milestones(contract):
        if fresh.pk == milestone.pk:
            return fresh
    raise NotVisible


def lock_end(end: EndProposal, by: Actor) -> EndProposal:
    """A proposal to end, with its contract, both locked."""
    contract = lock_contract(end.contract_id, by)
    fresh = locked(EndProposal, id=end.pk)[0]
    fresh.contract = contract
    return fresh


def lock_change(change: TermsChange, by: Actor) -> TermsChange:
    """A proposal to change the terms, with its contract, both locked."""
    contract = lock_contract(change.contract_id, by)
    fresh = locked(TermsChange, id=change.pk)[0]
    fresh.contract = contract
    return fresh


def current_delivery(milestone: Milestone) -> Delivery:
    """The delivery that waits for inspection; the milestone is locked and delivered."""
    return Delivery.objects.get(milestone=milestone, withdrawn_at=None, revision_requested_at=None)


def next_delivery_number(milestone: Milestone) -> int:
    """Deliveries of a milestone are counted from 1; the milestone is locked."""
    last = Delivery.objects.filter(milestone=milestone).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
