"""Changing the terms by agreement: other delivery dates, further milestones. One side proposes, the other answers.

The money timers follow by themselves: the time for inspection and the pay day count from the delivery, whatever date
was agreed, so that pay still arrives within sixty days of it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import TEXT_LENGTH_MAX, tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.contracts import policy, refusals
from nakadachi.market.contracts.actions.writing import write_terms
from nakadachi.market.contracts.drafts import MilestoneDraft
from nakadachi.market.contracts.lifecycle import TERMS_CHANGE
from nakadachi.market.contracts.locking import lock_change, lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Milestone, TermsChange
from nakadachi.market.jobs.policy import KEY_REUSED


@transaction.atomic
def propose_change(
    *,
    contract: Contract,
    dates: Mapping[int, date],
    added: Sequence[MilestoneDraft] = (),
    reason: str,
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> TermsChange:
    """Propose new dates by milestone id, and milestones to add. The same form again gives the proposal it made."""
    contract = lock_contract(contract.pk, by)
    known = TermsChange.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.contract_id == contract.pk else KEY_REUSED)
        return known
    waiting = TermsChange.objects.filter(contract=contract, status=TermsChange.Status.OPEN).first()
    require(policy.can_propose_change(by, contract, waiting))
    milestones = lock_milestones(contract)
    added = [draft.tidied() for draft in added]
    require(policy.change_refusal(contract, milestones, dates, added, jst_date(at)))
    require(policy.can_add_milestones(by, contract) if added else None)
    change = TermsChange.objects.create(
        contract=contract,
        proposed_by=contract.client if by.is_member(contract.client_id) else contract.worker,
        dates=_dates(milestones, dates),
        added=[{**vars(draft), "due_on": draft.due_on.isoformat()} for draft in added],
        reason=_checked_reason(reason),
        proposed_at=at,
        request_key=request_key,
    )
    event = {"contract_id": contract.pk, "dates": change.dates, "added": change.added}
    record("termschange.propose", change, by=by, at=at, **event)
    return change


def _dates(milestones: Sequence[Milestone], dates: Mapping[int, date]) -> list[dict[str, Any]]:
    return [
        {
            "milestone_id": milestone.pk,
            "before": milestone.due_on.isoformat(),
            "due_on": dates[milestone.pk].isoformat(),
        }
        for milestone in milestones
        if milestone.pk in dates
    ]


def _checked_reason(reason: str) -> str:
    reason = tidy_text(reason)
    if not reason:
        raise Refused(refusals.CHANGE_REASON_MISSING)
    if len(reason) > TEXT_LENGTH_MAX:
        raise Refused(refusals.REASON_TOO_LONG.with_params(length_max=TEXT_LENGTH_MAX))
    return reason


@transaction.atomic
def accept_change(*, change: TermsChange, by: Actor, at: datetime) -> Contract:
    """Agree: the terms are written anew with the changed dates and the added milestones."""
    change = lock_change(change, by)
    require(policy.can_answer_change(by, change))
    contract = change.contract
    milestones = lock_milestones(contract)
    dates = {line["milestone_id"]: date.fromisoformat(line["due_on"]) for line in change.dates}
    added = [MilestoneDraft(**{**line, "due_on": date.fromisoformat(line["due_on"])}) for line in change.added]
    before = _dates(milestones, dates)
    today = jst_date(at)
    if before != change.dates or policy.change_refusal(contract, milestones, dates, added, today):
        raise Refused(refusals.CHANGE_OVERTAKEN)
    require(policy.can_add_milestones(by, contract) if added else None)
    move(change, TERMS_CHANGE, "accept", by=by, at=at, event={"contract_id": contract.pk}, answered_at=at)
    _apply(contract, milestones, dates, added)
    write_terms(contract, lock_milestones(contract), by=by, at=at)
    return contract


def _apply(
    contract: Contract, milestones: Sequence[Milestone], dates: Mapping[int, date], added: Sequence[MilestoneDraft]
) -> None:
    moved = [milestone for milestone in milestones if milestone.pk in dates]
    for milestone in moved:
        milestone.due_on = dates[milestone.pk]
    Milestone.objects.bulk_update(moved, ["due_on"])
    last = max(milestone.position for milestone in milestones)
    rows = [Milestone(contract=contract, position=last + n, **vars(draft)) for n, draft in enumerate(added, start=1)]
    Milestone.objects.bulk_create(rows)
    if added:
        contract.amount_yen += sum(draft.amount_yen for draft in added)
        contract.save(update_fields=["amount_yen"])


@transaction.atomic
def decline_change(*, change: TermsChange, by: Actor, at: datetime) -> TermsChange:
    """Do not agree: the terms stay as they are."""
    change = lock_change(change, by)
    require(policy.can_answer_change(by, change))
    event = {"contract_id": change.contract_id}
    return move(change, TERMS_CHANGE, "decline", by=by, at=at, event=event, answered_at=at)


@transaction.atomic
def withdraw_change(*, change: TermsChange, by: Actor, at: datetime) -> TermsChange:
    """Take the proposal back: the terms stay as they are."""
    change = lock_change(change, by)
    require(policy.can_withdraw_change(by, change))
    event = {"contract_id": change.contract_id}
    return move(change, TERMS_CHANGE, "withdraw", by=by, at=at, event=event, answered_at=at)
