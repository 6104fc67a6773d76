"""Ending a contract early: alone while no money is set aside, by agreement on who gets what, by rule after silence."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import required_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.contracts import formats, policy, refusals, timers
from nakadachi.market.contracts.actions.closing import overtake_change, overtake_end
from nakadachi.market.contracts.lifecycle import CONTRACT, END_PROPOSAL, MILESTONE
from nakadachi.market.contracts.locking import lock_contract, lock_end, lock_milestones
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone
from nakadachi.market.jobs.policy import KEY_REUSED
from nakadachi.money import rulebook
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import paying
from nakadachi.money.escrow import policy as escrow_policy


@transaction.atomic
def end_alone(*, contract: Contract, reason: str, by: Actor, at: datetime) -> Contract:
    """End while nothing is set aside. Milestones that were never funded are dropped."""
    contract = lock_contract(contract.pk, by)
    milestones = lock_milestones(contract)
    require(policy.can_end_alone(by, contract, milestones))
    reason = required_text(reason, missing=refusals.END_REASON_MISSING, too_long=refusals.REASON_TOO_LONG)
    none_on_its_way(milestones)
    drop_unfunded(milestones, by, at)
    formats.of(contract).settle(contract, by=by, at=at)
    overtake_end(contract, at=at)
    overtake_change(contract, (), at=at)
    return move(contract, CONTRACT, "end", by=by, at=at, event={"reason": reason}, closed_at=at)


@transaction.atomic
def propose_end(
    *, contract: Contract, settlement: Mapping[int, Yen], reason: str, request_key: UUID, by: Actor, at: datetime
) -> EndProposal:
    """Propose to end, and what the worker gets (gross) of each funded milestone, by its id."""
    contract = lock_contract(contract.pk, by)
    known = EndProposal.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.contract_id == contract.pk else KEY_REUSED)
        return known
    milestones = lock_milestones(contract)
    waiting = EndProposal.objects.filter(contract=contract, status=EndProposal.Status.OPEN).first()
    require(policy.can_propose_end(by, contract, milestones, waiting))
    reason = required_text(reason, missing=refusals.END_REASON_MISSING, too_long=refusals.REASON_TOO_LONG)
    _check_settlement(settlement, milestones)
    end = EndProposal.objects.create(
        contract=contract,
        proposed_by=contract.client if by.is_member(contract.client_id) else contract.worker,
        settlement=[{"milestone_id": key, "worker_amount_yen": settlement[key]} for key in sorted(settlement)],
        reason=reason,
        proposed_at=at,
        answer_by=timers.answer_by(at, rulebook.current().timers.end_answer_days),
        request_key=request_key,
    )
    record("endproposal.propose", end, by=by, at=at, contract_id=contract.pk, settlement=end.settlement)
    return end


@transaction.atomic
def accept_end(*, end: EndProposal, by: Actor, at: datetime) -> Contract:
    """Agree: the money is divided as proposed, the rest is dropped, the contract has ended."""
    end = lock_end(end, by)
    require(policy.can_answer_end(by, end, at))
    contract = end.contract
    milestones = lock_milestones(contract)
    require(policy.frozen_refusal(milestones))
    settlement = settlement_of(end)
    if policy.settlement_refusal(settlement, milestones):
        raise Refused(refusals.END_OVERTAKEN)
    none_on_its_way(milestones)
    move(end, END_PROPOSAL, "accept", by=by, at=at, answered_at=at)
    for milestone in policy.held(milestones):
        assert milestone.hold is not None
        worker_amount_yen = settlement[milestone.pk]
        event = {"hold_id": milestone.hold.pk, "worker_amount_yen": worker_amount_yen}
        move(milestone, MILESTONE, "settle", by=by, at=at, event=event, closed_at=at, auto_accept_at=None)
        milestone.hold = escrow.split(hold=milestone.hold, worker_amount_yen=worker_amount_yen, by=by, at=at)
    drop_unfunded(milestones, by, at)
    formats.of(contract).settle(contract, by=by, at=at)
    overtake_change(contract, (), at=at)
    event = {"end_proposal_id": end.pk}
    return move(contract, CONTRACT, "end", by=by, at=at, event=event, closed_at=at)


@transaction.atomic
def decline_end(*, end: EndProposal, by: Actor, at: datetime) -> EndProposal:
    """Do not agree: the contract goes on."""
    end = lock_end(end, by)
    require(policy.can_answer_end(by, end, at))
    return move(end, END_PROPOSAL, "decline", by=by, at=at, answered_at=at)


@transaction.atomic
def withdraw_end(*, end: EndProposal, by: Actor, at: datetime) -> EndProposal:
    """Take the proposal back: the contract goes on."""
    end = lock_end(end, by)
    require(policy.can_withdraw_end(by, end))
    return move(end, END_PROPOSAL, "withdraw", by=by, at=at, answered_at=at)


def settlement_of(end: EndProposal) -> dict[int, Yen]:
    """What the worker gets of each milestone, by its id."""
    return {line["milestone_id"]: line["worker_amount_yen"] for line in end.settlement}


def _check_settlement(settlement: Mapping[int, Yen], milestones: list[Milestone]) -> None:
    require(policy.settlement_refusal(settlement, milestones))
    for milestone in policy.held(milestones):
        assert milestone.hold is not None
        require(escrow_policy.can_take(milestone.hold, settlement[milestone.pk], low_yen=0))


def none_on_its_way(milestones: list[Milestone]) -> None:
    """A card that is being charged right now is waited for."""
    for milestone in milestones:
        if milestone.is_pending and milestone.hold is not None:
            paying.require_none_on_its_way(milestone.hold)


def drop_unfunded(milestones: list[Milestone], by: Actor, at: datetime) -> None:
    """Pending milestones without money are closed."""
    for milestone in milestones:
        if milestone.is_pending and not milestone.is_funded:
            move(milestone, MILESTONE, "settle", by=by, at=at, event={"dropped": True}, closed_at=at)


def end_by_rule(contract: Contract, milestones: list[Milestone], *, event: dict[str, object], at: datetime) -> None:
    """What is delivered is paid, what is not goes back, nothing else follows. Contract and milestones are locked."""
    for milestone in policy.held(milestones):
        assert milestone.hold is not None
        is_delivered = milestone.status == Milestone.Status.DELIVERED
        worker_amount_yen = milestone.amount_yen if is_delivered else 0
        settled = {"hold_id": milestone.hold.pk, "worker_amount_yen": worker_amount_yen, "by_rule": True}
        move(milestone, MILESTONE, "settle", by=SYSTEM, at=at, event=settled, closed_at=at, auto_accept_at=None)
        milestone.hold = escrow.split(hold=milestone.hold, worker_amount_yen=worker_amount_yen, by=SYSTEM, at=at)
    drop_unfunded(milestones, SYSTEM, at)
    formats.of(contract).settle(contract, by=SYSTEM, at=at)
    overtake_end(contract, at=at)
    overtake_change(contract, (), at=at)
    move(contract, CONTRACT, "end", by=SYSTEM, at=at, event=event, closed_at=at)
