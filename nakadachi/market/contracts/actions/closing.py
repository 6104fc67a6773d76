"""What follows by itself: a contract whose last milestone is finished is over."""

from collections.abc import Collection
from datetime import datetime

from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.market.contracts import formats
from nakadachi.market.contracts.lifecycle import CONTRACT, END_PROPOSAL, TERMS_CHANGE
from nakadachi.market.contracts.locking import lock_milestones
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange


def close_if_done(contract: Contract, *, by: Actor, at: datetime) -> None:
    """Completed when every milestone was accepted, ended when some were not; not while its format goes on.

    The contract is locked.
    """
    overtake_end(contract, at=at)
    milestones = contract.locked_milestones or lock_milestones(contract)
    overtake_change(contract, {milestone.pk for milestone in milestones if milestone.is_pending}, at=at)
    if formats.of(contract).goes_on(contract):
        return
    statuses = {milestone.status for milestone in milestones}
    if statuses == {Milestone.Status.ACCEPTED}:
        move(contract, CONTRACT, "complete", by=by, at=at, closed_at=at)
    elif not statuses & {Milestone.Status.OPEN, Milestone.Status.DELIVERED}:
        move(contract, CONTRACT, "end", by=by, at=at, closed_at=at)


def overtake_end(contract: Contract, *, at: datetime) -> None:
    """A waiting proposal to end no longer fits the money that is set aside. The contract is locked."""
    for end in locked(EndProposal, contract_id=contract.pk, status=EndProposal.Status.OPEN.value):
        move(end, END_PROPOSAL, "overtake", by=SYSTEM, at=at, answered_at=at)


def overtake_change(contract: Contract, pending_ids: Collection[int], *, at: datetime) -> None:
    """A waiting change of the terms no longer fits when one of its milestones is finished. The contract is locked."""
    for change in locked(TermsChange, contract_id=contract.pk, status=list(TermsChange.WAITING)):
        about = {line["milestone_id"] for line in [*change.dates, *change.prices]}
        if not pending_ids or about - set(pending_ids):
            move(change, TERMS_CHANGE, "overtake", by=SYSTEM, at=at, answered_at=at)
