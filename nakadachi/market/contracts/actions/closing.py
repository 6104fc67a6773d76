"""What follows by itself: a contract whose last milestone is finished is over."""

from datetime import datetime

from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.market.contracts.lifecycle import CONTRACT, END_PROPOSAL
from nakadachi.market.contracts.locking import lock_milestones
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone


def close_if_done(contract: Contract, *, by: Actor, at: datetime) -> None:
    """Completed when every milestone was accepted, ended when some were not. The contract is locked."""
    overtake_end(contract, at=at)
    statuses = {milestone.status for milestone in contract.locked_milestones or lock_milestones(contract)}
    if statuses == {Milestone.Status.ACCEPTED}:
        move(contract, CONTRACT, "complete", by=by, at=at, closed_at=at)
    elif not statuses & {Milestone.Status.OPEN, Milestone.Status.DELIVERED}:
        move(contract, CONTRACT, "end", by=by, at=at, closed_at=at)


def overtake_end(contract: Contract, *, at: datetime) -> None:
    """A waiting proposal to end no longer fits the money that is set aside. The contract is locked."""
    for end in locked(EndProposal, contract_id=contract.pk, status=EndProposal.Status.OPEN.value):
        move(end, END_PROPOSAL, "overtake", by=SYSTEM, at=at, answered_at=at)
