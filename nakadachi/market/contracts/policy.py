"""Who may do what with a contract and when. Pages ask the same functions to show their buttons."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from nakadachi.infra.text import TEXT_LENGTH_MAX
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen, format_yen
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refusal
from nakadachi.market.contracts import formats
from nakadachi.market.contracts import refusals as no
from nakadachi.market.contracts.drafts import MilestoneDraft
from nakadachi.market.contracts.models import (
    MILESTONES_MAX,
    TITLE_LENGTH_MAX,
    Contract,
    EndProposal,
    Milestone,
)
from nakadachi.market.sourcing import policy as sourcing
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from nakadachi.money.escrow import policy as escrow_policy
from nakadachi.money.rulebook.loading import REVISIONS_LIMIT
from nakadachi.people.standing import policy as standing

DUE_WITHIN_DAYS = 730


def is_party(actor: Actor, contract: Contract) -> bool:
    """True for the two sides."""
    return actor.is_member(contract.client_id) or actor.is_member(contract.worker_id)


def may_see(actor: Actor, contract: Contract) -> bool:
    """The two sides, the operator's staff, and the system."""
    return is_party(actor, contract) or actor.is_staff or actor.is_system


# Offering and answering


def can_offer(actor: Actor, proposal: Proposal, hires_taken: int = 0) -> Refusal | None:
    """The client of the job, for a proposal that waits, while there are places left and neither blocked the other."""
    if not actor.is_member(proposal.job.client_id):
        return sourcing.NOT_CLIENT
    if proposal.status != Proposal.Status.SENT:
        return no.PROPOSAL_GONE
    if hires_taken >= proposal.job.hires_max:
        return no.HIRES_FULL.with_params(hires_max=proposal.job.hires_max)
    found = standing.together(proposal.job.client_id, proposal.worker_id)
    return (no.WORKER_PAUSED if found.other else None) or found.own or found.block


def can_begin_between(member_id: int, other_id: int) -> Refusal | None:
    """New obligations between two members: both in good standing, neither blocked by the other."""
    found = standing.together(member_id, other_id)
    return found.own or found.block or (no.OTHER_CANNOT_BEGIN if found.other else None)


def revisions_refusal(revisions_max: int) -> Refusal | None:
    """Rounds of revision are counted: from none to a few, never without end."""
    fits = 0 <= revisions_max <= REVISIONS_LIMIT
    return None if fits else no.REVISIONS_OUTSIDE.with_params(most=REVISIONS_LIMIT)


def milestones_refusal(milestones: Sequence[MilestoneDraft], agreed_yen: Yen, today: date) -> Refusal | None:
    """The first thing that speaks against the pieces of an offer. Texts are tidy already."""
    if refusal := count_refusal(len(milestones)) or drafts_refusal(milestones, today):
        return refusal
    sum_yen = sum(draft.amount_yen for draft in milestones)
    if sum_yen != agreed_yen:
        return no.SUM_DIFFERS.with_params(sum=format_yen(sum_yen), agreed=format_yen(agreed_yen))
    return None


def drafts_refusal(milestones: Sequence[MilestoneDraft], today: date) -> Refusal | None:
    """The first thing that speaks against one of several milestones; the sentence names its place."""
    for position, draft in enumerate(milestones, start=1):
        if refusal := _title_refusal(draft) or amount_refusal(draft.amount_yen) or due_refusal(draft.due_on, today):
            return refusal.with_params(position=position)
    return None


def scope_refusal(scope: str) -> Refusal | None:
    """What is to be done is always said, and not without end. The text is tidy already."""
    if not scope:
        return no.SCOPE_MISSING
    return None if len(scope) <= TEXT_LENGTH_MAX else no.SCOPE_TOO_LONG.with_params(length_max=TEXT_LENGTH_MAX)


def count_refusal(count: int) -> Refusal | None:
    """A contract has at least one milestone, and not without end."""
    if count == 0:
        return no.MILESTONES_MISSING
    return None if count <= MILESTONES_MAX else no.TOO_MANY_MILESTONES.with_params(count=MILESTONES_MAX)


def _title_refusal(draft: MilestoneDraft) -> Refusal | None:
    if not draft.title:
        return no.MILESTONE_TITLE_MISSING
    is_short = len(draft.title) <= TITLE_LENGTH_MAX
    return None if is_short else no.MILESTONE_TITLE_TOO_LONG.with_params(length_max=TITLE_LENGTH_MAX)


def amount_refusal(amount_yen: Yen) -> Refusal | None:
    """The price of a milestone lies between the smallest of the rulebook and what a ledger row may carry."""
    minimum_yen = rulebook.current().amount_minimum_yen
    if amount_yen < minimum_yen:
        return no.MILESTONE_TOO_SMALL.with_params(minimum=format_yen(minimum_yen))
    return None if amount_yen < AMOUNT_YEN_MAX else sourcing.AMOUNT_TOO_LARGE


def due_refusal(due_on: date, today: date) -> Refusal | None:
    """A delivery date lies ahead, and not too far."""
    if due_on <= today:
        return no.MILESTONE_DUE_PAST
    is_near = due_on <= today + timedelta(days=DUE_WITHIN_DAYS)
    return None if is_near else no.MILESTONE_DUE_TOO_LATE.with_params(days=DUE_WITHIN_DAYS)


def can_confirm(actor: Actor, contract: Contract, due_dates: Iterable[date], at: datetime) -> Refusal | None:
    """The worker, in time, while every delivery date still lies ahead or is today and neither blocked the other."""
    if refusal := can_decline(actor, contract):
        return refusal
    if at >= contract.answer_by:
        return no.ANSWER_TOO_LATE
    if refusal := standing.can_begin(contract.worker_id):
        return refusal
    if standing.can_begin(contract.client_id) is not None:
        return no.CLIENT_PAUSED
    if any(due_on < jst_date(at) for due_on in due_dates):
        return no.DUE_PASSED
    return standing.can_deal(contract.client_id, contract.worker_id)


def can_reorder(actor: Actor, contract: Contract, *, waiting: bool) -> Refusal | None:
    """The client of a contract that was worked under and is over, while both may begin and no such offer waits."""
    if not actor.is_member(contract.client_id):
        return no.NOT_CLIENT
    if not contract.is_over or contract.agreed_at is None:
        return no.REORDER_NOT_OVER
    if not formats.of(contract).can_reoffer:
        return no.REORDER_NOT_HERE
    return no.REORDER_WAITS if waiting else can_begin_between(contract.client_id, contract.worker_id)


def can_decline(actor: Actor, contract: Contract) -> Refusal | None:
    """The worker, while the offer stands; freely."""
    if not actor.is_member(contract.worker_id):
        return no.NOT_WORKER
    return None if contract.status == Contract.Status.OFFERED else MOVE_NOT_ALLOWED


def can_withdraw_offer(actor: Actor, contract: Contract) -> Refusal | None:
    """The client, until the worker has answered."""
    if not actor.is_member(contract.client_id):
        return no.NOT_CLIENT
    return None if contract.status == Contract.Status.OFFERED else MOVE_NOT_ALLOWED


# Milestones. `milestone.contract` and `milestone.hold` are loaded.


def can_fund(actor: Actor, milestone: Milestone) -> Refusal | None:
    """The client, once, while the contract is in progress."""
    if not actor.is_member(milestone.contract.client_id):
        return no.NOT_CLIENT
    if refusal := _in_progress(milestone):
        return refusal
    return no.ALREADY_FUNDED if milestone.is_funded else None


def can_deliver(actor: Actor, milestone: Milestone) -> Refusal | None:
    """The worker, when the money is set aside and nothing is waiting already."""
    if not actor.is_member(milestone.contract.worker_id):
        return no.NOT_WORKER
    if refusal := _in_progress(milestone):
        return refusal
    if not milestone.is_funded:
        return no.NOT_FUNDED
    return no.ALREADY_DELIVERED if milestone.status == Milestone.Status.DELIVERED else None


def can_withdraw_delivery(actor: Actor, milestone: Milestone) -> Refusal | None:
    """The worker, while it waits for inspection."""
    if not actor.is_member(milestone.contract.worker_id):
        return no.NOT_WORKER
    return _in_progress(milestone) or _is_delivered(milestone)


def can_request_revision(actor: Actor, milestone: Milestone, at: datetime) -> Refusal | None:
    """The client, until silence has accepted, as often as the terms say."""
    if not actor.is_member(milestone.contract.client_id):
        return no.NOT_CLIENT
    if refusal := _in_progress(milestone) or _is_delivered(milestone):
        return refusal
    if _silence_is_over(milestone, at):
        return no.INSPECTION_OVER
    if milestone.contract.revisions_max == 0:
        return no.REVISIONS_NONE
    is_used_up = milestone.revisions_count >= milestone.contract.revisions_max
    return no.REVISIONS_USED_UP.with_params(most=milestone.contract.revisions_max) if is_used_up else None


def can_accept(actor: Actor, milestone: Milestone, at: datetime) -> Refusal | None:
    """The client at any time while it waits; the system when the time for inspection is over."""
    if not (actor.is_member(milestone.contract.client_id) or actor.is_system):
        return no.NOT_CLIENT
    if refusal := _in_progress(milestone) or _is_delivered(milestone):
        return refusal
    return no.TOO_EARLY if actor.is_system and not _silence_is_over(milestone, at) else None


def can_hand_back(actor: Actor, milestone: Milestone) -> Refusal | None:
    """The worker alone, at any time, for anything funded and not accepted."""
    if not actor.is_member(milestone.contract.worker_id):
        return no.NOT_WORKER
    if refusal := _in_progress(milestone):
        return refusal
    return None if milestone.is_funded else no.NOT_FUNDED


def _in_progress(milestone: Milestone) -> Refusal | None:
    if not milestone.is_pending:
        return no.MILESTONE_CLOSED
    if milestone.hold is not None and milestone.is_frozen:
        return escrow_policy.frozen_refusal(milestone.hold)
    return None if milestone.contract.status == Contract.Status.ACTIVE else no.NOT_ACTIVE


def _is_delivered(milestone: Milestone) -> Refusal | None:
    return None if milestone.status == Milestone.Status.DELIVERED else no.NOTHING_DELIVERED


def _silence_is_over(milestone: Milestone, at: datetime) -> bool:
    return milestone.auto_accept_at is not None and at >= milestone.auto_accept_at


# Ending


def held(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Those whose money is set aside and not yet anybody's."""
    return [milestone for milestone in milestones if milestone.is_pending and milestone.is_funded]


def frozen_refusal(milestones: Iterable[Milestone]) -> Refusal | None:
    """While a card company or a mediation decides on some of the money, nobody divides it."""
    frozen = [one.hold for one in milestones if one.hold is not None and one.is_frozen]
    return escrow_policy.frozen_refusal(frozen[0]) if frozen else None


def can_claim(actor: Actor, milestone: Milestone) -> Refusal | None:
    """Either side of a contract in progress, about a milestone whose money is set aside."""
    contract = milestone.contract
    if not is_party(actor, contract):
        return no.NOT_PARTY
    if not milestone.is_pending:
        return no.MILESTONE_CLOSED
    if contract.status != Contract.Status.ACTIVE:
        return no.NOT_ACTIVE
    return escrow_policy.can_claim(actor, milestone.hold) if milestone.hold is not None else no.NOT_FUNDED


def can_end_alone(actor: Actor, contract: Contract, milestones: Iterable[Milestone]) -> Refusal | None:
    """Either side, while no money is set aside: no work has begun that could be lost."""
    milestones = list(milestones)
    if refusal := can_act(actor, contract) or frozen_refusal(milestones):
        return refusal
    way = formats.of(contract)
    if held(milestones) or way.held(contract):
        return no.END_MONEY_HELD
    return way.end_refusal(contract, actor)


def can_propose_end(
    actor: Actor, contract: Contract, milestones: Iterable[Milestone], open_end: EndProposal | None
) -> Refusal | None:
    """Either side, while money is set aside, or it could not end alone, and no such proposal waits."""
    milestones = list(milestones)
    if refusal := can_act(actor, contract) or frozen_refusal(milestones):
        return refusal
    if open_end is not None:
        return no.END_OPEN
    way = formats.of(contract)
    needed = held(milestones) or way.held(contract) or way.end_refusal(contract, actor)
    return None if needed else no.END_NOT_NEEDED


def can_answer_end(actor: Actor, end: EndProposal, at: datetime) -> Refusal | None:
    """The other side, while it waits and its time is not over."""
    if refusal := can_act(actor, end.contract):
        return refusal
    if actor.is_member(end.proposed_by_id):
        return no.END_OWN
    if end.status != EndProposal.Status.OPEN:
        return MOVE_NOT_ALLOWED
    return no.END_TOO_LATE if end.answer_by is not None and at >= end.answer_by else None


def can_withdraw_end(actor: Actor, end: EndProposal) -> Refusal | None:
    """The side that proposed it, while it waits."""
    if not actor.is_member(end.proposed_by_id):
        return no.END_NOT_OWN
    return None if end.status == EndProposal.Status.OPEN else MOVE_NOT_ALLOWED


def settlement_refusal(settlement: Mapping[int, Yen], milestones: Iterable[Milestone]) -> Refusal | None:
    """A settlement names every milestone with money set aside, and for each an amount it can bear."""
    by_id = {milestone.pk: milestone for milestone in held(milestones)}
    if by_id.keys() != settlement.keys():
        return no.SETTLEMENT_INCOMPLETE
    for milestone_id, worker_amount_yen in settlement.items():
        milestone = by_id[milestone_id]
        if not 0 <= worker_amount_yen <= milestone.amount_yen:
            return no.SETTLEMENT_OUTSIDE.with_params(title=milestone.title, amount=format_yen(milestone.amount_yen))
    return None


def can_act(actor: Actor, contract: Contract) -> Refusal | None:
    """One of the two sides, while the contract is in progress."""
    if not is_party(actor, contract):
        return no.NOT_PARTY
    return None if contract.status == Contract.Status.ACTIVE else no.NOT_ACTIVE
