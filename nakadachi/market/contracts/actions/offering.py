"""From a proposal to a contract: the client offers, the worker confirms or declines, or lets it lapse."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, NotVisible, Refusal, Refused, require
from nakadachi.market.contracts import deal, formats, policy, queries, timers
from nakadachi.market.contracts.actions.writing import write_terms
from nakadachi.market.contracts.drafts import MilestoneDraft
from nakadachi.market.contracts.lifecycle import CONTRACT
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.jobs.policy import KEY_REUSED
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook


@transaction.atomic
def offer(
    *,
    proposal: Proposal,
    scope: str,
    milestones: Sequence[MilestoneDraft],
    revisions_max: int | None = None,
    request_key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Contract:
    """Choose a proposal and offer its worker a contract. The same form again gives the offer it made.

    `revisions_max` are the rounds of revision of each milestone; without it, those of the rulebook.
    """
    drafts = [draft.tidied() for draft in milestones]

    def check(proposal: Proposal) -> Refusal | None:
        """The milestones add up to what was proposed."""
        return policy.milestones_refusal(drafts, proposal.amount_yen, jst_date(at))

    contract, is_new = open_offer(
        proposal=proposal,
        scope=scope,
        revisions_max=revisions_max,
        check=check,
        request_key=request_key,
        by=by,
        at=at,
    )
    if not is_new:
        return contract
    rows = [
        Milestone(
            contract=contract, position=number, title=draft.title, amount_yen=draft.amount_yen, due_on=draft.due_on
        )
        for number, draft in enumerate(drafts, start=1)
    ]
    Milestone.objects.bulk_create(rows)
    return contract


@transaction.atomic
def open_offer(
    *,
    proposal: Proposal,
    scope: str,
    check: Callable[[Proposal], Refusal | None],
    revisions_max: int | None = None,
    request_key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> tuple[Contract, bool]:
    """What every format's offer begins with: the contract, and whether it is new. `check` sees the locked proposal.

    The price of a project is that of the whole; of the other formats that of one unit, an hour or a month.
    """
    job = jobs.locked(proposal.job_id)
    proposal = sourcing.locked(proposal.pk)
    if not (by.is_member(job.client_id) or by.is_member(proposal.worker_id)):
        raise NotVisible
    known = Contract.objects.filter(request_key=request_key).first() if request_key else None
    if known is not None:
        require(None if known.proposal_id == proposal.pk else KEY_REUSED)
        return known, False
    require(policy.can_offer(by, proposal, queries.places_taken(job.pk)))
    if revisions_max is None:
        revisions_max = rulebook.current().revisions_max
    require(policy.revisions_refusal(revisions_max))
    scope = tidy_text(scope)
    require(policy.scope_refusal(scope) or check(proposal))
    sourcing.choose(proposal=proposal, by=by, at=at)
    agreed = {"scope": scope, "revisions_max": revisions_max, "request_key": request_key or uuid4()}
    contract = _create(job, proposal, at, agreed)
    record("contract.offer", contract, by=by, at=at, proposal_id=proposal.pk, amount_yen=contract.amount_yen)
    return contract, True


def _create(job: Job, proposal: Proposal, at: datetime, agreed: dict[str, Any]) -> Contract:
    rules = rulebook.current()
    return Contract.objects.create(
        job=job,
        proposal=proposal,
        client_id=job.client_id,
        worker_id=proposal.worker_id,
        title=job.title,
        format=job.format,
        amount_yen=proposal.amount_yen,
        offered_at=at,
        answer_by=timers.answer_by(at, rules.timers.offer_answer_days),
        auto_accept_days=rules.timers.auto_accept_days,
        service=rules.service,
        **agreed,
    )


@transaction.atomic
def confirm(*, contract: Contract, by: Actor, at: datetime) -> Contract:
    """The worker agrees: the terms are written down, and a job that has hired enough is closed."""
    contract = _lock_all(contract, by)
    milestones = lock_milestones(contract)
    require(policy.can_confirm(by, contract, [milestone.due_on for milestone in milestones], at))
    way = formats.of(contract)
    require(way.confirm_refusal(contract, at))
    ends_at = deal.first(contract.format, [milestone.due_on for milestone in milestones], at)
    move(contract, CONTRACT, "confirm", by=by, at=at, agreed_at=at, deal_ends_at=ends_at)
    _answer(contract, "accept", by=by, at=at)
    way.agreed(contract, by=by, at=at)
    write_terms(contract, contract.locked_milestones or milestones, by=by, at=at)
    if contract.proposal is not None and queries.hired(contract.job_id) >= contract.job.hires_max:
        jobs.fill(job=contract.job, at=at)
        sourcing.pass_over(job=contract.job, at=at)
    return contract


@transaction.atomic
def decline(*, contract: Contract, by: Actor, at: datetime) -> Contract:
    """The worker does not want it. The proposal ends with the offer."""
    contract = _lock_all(contract, by)
    require(policy.can_decline(by, contract))
    move(contract, CONTRACT, "decline", by=by, at=at, closed_at=at)
    _answer(contract, "turn_down", by=by, at=at)
    return contract


@transaction.atomic
def withdraw_offer(*, contract: Contract, by: Actor, at: datetime) -> Contract:
    """The client takes the offer back before it is answered; the proposal waits as before, and its place is free."""
    contract = _lock_all(contract, by)
    require(policy.can_withdraw_offer(by, contract))
    move(contract, CONTRACT, "withdraw", by=by, at=at, closed_at=at)
    if contract.proposal is not None:
        sourcing.release(proposal=contract.proposal, by=by, at=at)
    return contract


@transaction.atomic
def lapse(*, contract: Contract, at: datetime) -> Contract:
    """The time to answer is over."""
    contract = _lock_all(contract, SYSTEM)
    if contract.status != Contract.Status.OFFERED or at < contract.answer_by:
        raise Refused(MOVE_NOT_ALLOWED)
    move(contract, CONTRACT, "lapse", by=SYSTEM, at=at, closed_at=at)
    _answer(contract, "lapse", by=SYSTEM, at=at)
    return contract


def _answer(contract: Contract, move_name: str, *, by: Actor, at: datetime) -> None:
    """The proposal goes with the offer; an offer to go on has none."""
    if contract.proposal is not None:
        sourcing.answer(proposal=contract.proposal, move_name=move_name, by=by, at=at)


def _lock_all(contract: Contract, by: Actor) -> Contract:
    """Job, proposal, contract, in this order, as `offer` locks them."""
    job = jobs.locked(contract.job_id)
    proposal = sourcing.locked(contract.proposal_id) if contract.proposal_id is not None else None
    contract = lock_contract(contract.pk, by)
    contract.job, contract.proposal = job, proposal
    return contract
