"""Who may propose and answer a change of the terms, and what speaks against one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from nakadachi.infra.days import long_day
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date, months_later
from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen, format_yen
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refusal
from nakadachi.market.contracts import formats, policy
from nakadachi.market.contracts import refusals as no
from nakadachi.market.contracts.drafts import ChangeDraft, RateDraft
from nakadachi.market.contracts.models import Contract, Milestone, TermsChange
from nakadachi.market.jobs.models import LASTING
from nakadachi.market.jobs.policy import price_minimum_yen
from nakadachi.market.sourcing import policy as sourcing
from nakadachi.money import rulebook
from nakadachi.money.escrow.policy import frozen_refusal


def can_propose(actor: Actor, contract: Contract, waiting: TermsChange | None) -> Refusal | None:
    """Either side, while no other change waits."""
    return policy.can_act(actor, contract) or (no.CHANGE_OPEN if waiting is not None else None)


def can_answer(actor: Actor, change: TermsChange, at: datetime) -> Refusal | None:
    """The other side, while it waits and its time is not over."""
    if refusal := policy.can_act(actor, change.contract):
        return refusal
    if actor.is_member(change.proposed_by_id):
        return no.CHANGE_OWN
    if change.status != TermsChange.Status.OPEN:
        return MOVE_NOT_ALLOWED
    return no.CHANGE_TOO_LATE if _is_over(change, at) else None


def _is_over(change: TermsChange, at: datetime) -> bool:
    return change.answer_by is not None and at >= change.answer_by


def can_withdraw(actor: Actor, change: TermsChange) -> Refusal | None:
    """The side that proposed it, while it waits for an answer."""
    if not actor.is_member(change.proposed_by_id):
        return no.CHANGE_NOT_OWN
    return None if change.status == TermsChange.Status.OPEN else MOVE_NOT_ALLOWED


def can_drop(actor: Actor, change: TermsChange) -> Refusal | None:
    """Either side, while the difference that both agreed on is not set aside."""
    if refusal := policy.can_act(actor, change.contract):
        return refusal
    return None if change.status == TermsChange.Status.AGREED else MOVE_NOT_ALLOWED


def can_top_up(actor: Actor, change: TermsChange, at: datetime) -> Refusal | None:
    """The client, while the difference is all that is missing."""
    if not actor.is_member(change.contract.client_id):
        return no.NOT_CLIENT
    if change.status != TermsChange.Status.AGREED:
        return no.CHANGE_NOT_AGREED
    return no.CHANGE_TOO_LATE if _is_over(change, at) else None


def top_up_refusal(milestones: Sequence[Milestone], prices: Mapping[int, Yen]) -> Refusal | None:
    """What speaks against setting the difference aside now: money of the change stands still, or nothing is missing."""
    about = [one for one in milestones if one.pk in prices]
    frozen = next((one.hold for one in about if one.hold is not None and one.is_frozen), None)
    if frozen is not None:
        return frozen_refusal(frozen)
    return None if any(one.is_funded and prices[one.pk] > one.amount_yen for one in about) else MOVE_NOT_ALLOWED


def can_add_milestones(actor: Actor, contract: Contract) -> Refusal | None:
    """Further milestones are new obligations: refused while either side may not begin anything new."""
    if actor.is_member(contract.client_id):
        return policy.can_begin_between(contract.client_id, contract.worker_id)
    return policy.can_begin_between(contract.worker_id, contract.client_id)


def refusal_of(contract: Contract, milestones: Sequence[Milestone], draft: ChangeDraft, today: date) -> Refusal | None:
    """The first thing that speaks against a change. Texts are tidy already; only unfinished milestones change."""
    if draft.is_empty:
        return no.CHANGE_EMPTY
    pending = {milestone.pk: milestone for milestone in milestones if milestone.is_pending}
    if not (draft.dates.keys() | draft.prices.keys()) <= pending.keys():
        return no.CHANGE_FINISHED
    for milestone_id, due_on in draft.dates.items():
        if refusal := _day_refusal(pending[milestone_id], due_on, today):
            return refusal
    for milestone_id, amount_yen in draft.prices.items():
        if refusal := _price_refusal(pending[milestone_id], amount_yen):
            return refusal
    if len(raised(milestones, draft)) > 1:
        return no.CHANGE_ONE_RAISE
    if draft.scope and (refusal := _scope_refusal(contract, draft.scope)):
        return refusal
    if draft.rate and (refusal := _rate_refusal(contract, draft.rate, today)):
        return refusal
    if draft.deal_ends_on and (refusal := _deadline_refusal(contract, draft.deal_ends_on, today)):
        return refusal
    if draft.added and (refusal := policy.drafts_refusal(draft.added, today)):
        return refusal
    return _size_refusal(contract, milestones, draft) if draft.added or draft.prices else None


def raised(milestones: Sequence[Milestone], draft: ChangeDraft) -> list[Milestone]:
    """Those that are set aside and would cost more: the client pays in the difference first."""
    return [one for one in milestones if one.is_funded and draft.prices.get(one.pk, one.amount_yen) > one.amount_yen]


def _day_refusal(milestone: Milestone, due_on: date, today: date) -> Refusal | None:
    if due_on == milestone.due_on:
        return no.CHANGE_SAME_DAY.with_params(title=milestone.title)
    refusal = policy.due_refusal(due_on, today)
    return refusal.with_params(position=milestone.position) if refusal else None


def _price_refusal(milestone: Milestone, amount_yen: Yen) -> Refusal | None:
    if amount_yen == milestone.amount_yen:
        return no.CHANGE_SAME_PRICE.with_params(title=milestone.title)
    if milestone.status == Milestone.Status.DELIVERED:
        return no.CHANGE_DELIVERED.with_params(title=milestone.title)
    if milestone.hold is not None and milestone.is_frozen:
        return frozen_refusal(milestone.hold)
    refusal = policy.amount_refusal(amount_yen)
    return refusal.with_params(position=milestone.position) if refusal else None


def _scope_refusal(contract: Contract, scope: str) -> Refusal | None:
    return no.CHANGE_SAME_SCOPE if scope == contract.scope else policy.scope_refusal(scope)


def _rate_refusal(contract: Contract, rate: RateDraft, today: date) -> Refusal | None:
    if contract.format not in LASTING:
        return no.RATE_NOT_HERE
    if rate.amount_yen == contract.amount_yen:
        return no.RATE_SAME
    minimum_yen = price_minimum_yen(contract.format)
    if rate.amount_yen < minimum_yen:
        return no.RATE_TOO_SMALL.with_params(minimum=format_yen(minimum_yen))
    if rate.from_on <= today:
        return no.RATE_PAST
    return formats.of(contract).rate_refusal(contract, rate.from_on)


def _deadline_refusal(contract: Contract, ends_on: date, today: date) -> Refusal | None:
    if contract.deal_ends_at is None:
        return no.DEADLINE_NOT_HERE
    if ends_on <= jst_date(contract.deal_ends_at):
        return no.DEADLINE_NOT_LATER.with_params(day=long_day(contract.deal_ends_at))
    furthest = months_later(today, 12 * rulebook.current().deal.years)
    return no.DEADLINE_TOO_FAR.with_params(day=long_day(furthest)) if ends_on > furthest else None


def _size_refusal(contract: Contract, milestones: Sequence[Milestone], draft: ChangeDraft) -> Refusal | None:
    if draft.added and (refusal := policy.count_refusal(len(milestones) + len(draft.added))):
        return refusal
    raised_yen = sum(draft.prices[one.pk] - one.amount_yen for one in milestones if one.pk in draft.prices)
    sum_yen = contract.amount_yen + raised_yen + sum(piece.amount_yen for piece in draft.added)
    return None if sum_yen < AMOUNT_YEN_MAX else sourcing.AMOUNT_TOO_LARGE
