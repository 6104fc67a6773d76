"""Changing the terms by agreement: days, prices, milestones, scope, rate, deadline. One side proposes, one answers.

The money timers follow by themselves: the time for inspection and the pay day count from the delivery, whatever date
was agreed, so that pay still arrives within sixty days of it. A lower price gives the difference back at once; a higher
one of money that is set aside holds when the client has paid the difference in (`escrow.adjusting`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.infra.text import required_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.contracts import changes, formats, prices, refusals, timers
from nakadachi.market.contracts.actions.prolonging import prolong, put_off
from nakadachi.market.contracts.actions.writing import write_terms
from nakadachi.market.contracts.drafts import ChangeDraft, MilestoneDraft, RateDraft
from nakadachi.market.contracts.lifecycle import TERMS_CHANGE
from nakadachi.market.contracts.locking import lock_change, lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Milestone, TermsChange
from nakadachi.market.jobs.models import LASTING
from nakadachi.market.jobs.policy import KEY_REUSED
from nakadachi.money import rulebook
from nakadachi.money.escrow import adjusting
from nakadachi.money.payments.models import Payment


@transaction.atomic
def propose_change(
    *,
    contract: Contract,
    dates: Mapping[int, date] | None = None,
    prices: Mapping[int, Yen] | None = None,
    added: Sequence[MilestoneDraft] = (),
    scope: str = "",
    rate: RateDraft | None = None,
    deal_ends_on: date | None = None,
    reason: str,
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> TermsChange:
    """Propose days and prices by milestone id, milestones to add, another scope, rate or deal deadline. The same form
    again gives the proposal it made."""
    contract = lock_contract(contract.pk, by)
    known = TermsChange.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.contract_id == contract.pk else KEY_REUSED)
        return known
    waiting = TermsChange.objects.filter(contract=contract, status__in=TermsChange.WAITING).first()
    require(changes.can_propose(by, contract, waiting))
    milestones = lock_milestones(contract)
    draft = ChangeDraft(dates or {}, prices or {}, added, scope, rate, deal_ends_on).tidied()
    require(changes.refusal_of(contract, milestones, draft, jst_date(at)))
    require(changes.can_add_milestones(by, contract) if draft.added else None)
    change = TermsChange.objects.create(
        contract=contract,
        proposed_by=contract.client if by.is_member(contract.client_id) else contract.worker,
        **_columns(contract, milestones, draft),
        reason=required_text(reason, missing=refusals.CHANGE_REASON_MISSING, too_long=refusals.REASON_TOO_LONG),
        proposed_at=at,
        answer_by=_answer_by(at),
        request_key=request_key,
    )
    event = {"contract_id": contract.pk, "dates": change.dates, "prices": change.prices, "added": change.added}
    event |= {"scope": bool(change.scope), "rate": change.rate}
    event |= {"deal_ends_on": deal_ends_on.isoformat()} if deal_ends_on else {}
    record("termschange.propose", change, by=by, at=at, **event)
    return change


def _answer_by(at: datetime) -> datetime:
    """Until when it waits: for an answer, and then again for the difference."""
    return timers.answer_by(at, rulebook.current().timers.change_answer_days)


def _columns(contract: Contract, milestones: Sequence[Milestone], draft: ChangeDraft) -> dict[str, Any]:
    """The draft as it is stored, with what stands now: an answer that comes after something else changed is refused."""
    rate = draft.rate
    return {
        "dates": [
            {"milestone_id": one.pk, "before": one.due_on.isoformat(), "due_on": draft.dates[one.pk].isoformat()}
            for one in milestones
            if one.pk in draft.dates
        ],
        "prices": [
            {"milestone_id": one.pk, "before": one.amount_yen, "amount_yen": draft.prices[one.pk]}
            for one in milestones
            if one.pk in draft.prices
        ],
        "added": [{**vars(piece), "due_on": piece.due_on.isoformat()} for piece in draft.added],
        "scope": draft.scope,
        "rate": rate
        and {"before": contract.amount_yen, "amount_yen": rate.amount_yen, "from_on": rate.from_on.isoformat()},
        "deal_ends_on": draft.deal_ends_on,
    }


def draft_of(change: TermsChange) -> ChangeDraft:
    """A stored change, read back."""
    rate = change.rate
    return ChangeDraft(
        dates={line["milestone_id"]: date.fromisoformat(line["due_on"]) for line in change.dates},
        prices={line["milestone_id"]: line["amount_yen"] for line in change.prices},
        added=[MilestoneDraft(**{**line, "due_on": date.fromisoformat(line["due_on"])}) for line in change.added],
        scope=change.scope,
        rate=RateDraft(rate["amount_yen"], date.fromisoformat(rate["from_on"])) if rate else None,
        deal_ends_on=change.deal_ends_on,
    )


@transaction.atomic
def accept_change(*, change: TermsChange, by: Actor, at: datetime) -> Contract:
    """Agree: the terms are written anew; with a higher price of what is set aside, once the difference is there."""
    change = lock_change(change, by)
    require(changes.can_answer(by, change, at))
    contract = change.contract
    milestones = lock_milestones(contract)
    draft = draft_of(change)
    stands = _columns(contract, milestones, draft)
    is_overtaken = any(getattr(change, name) != value for name, value in stands.items())
    if is_overtaken or changes.refusal_of(contract, milestones, draft, jst_date(at)):
        raise Refused(refusals.CHANGE_OVERTAKEN)
    require(changes.can_add_milestones(by, contract) if draft.added else None)
    event = {"contract_id": contract.pk}
    if changes.raised(milestones, draft):
        columns = {"answered_at": at, "answer_by": _answer_by(at)}
        move(change, TERMS_CHANGE, "agree", by=by, at=at, event=event, **columns)
        return contract
    move(change, TERMS_CHANGE, "accept", by=by, at=at, event=event, answered_at=at)
    _apply(contract, milestones, draft, by, at)
    return contract


@transaction.atomic
def start_top_up(*, change: TermsChange, request_key: UUID, by: Actor, at: datetime) -> Payment:
    """The intent to pay the difference to the higher price that both agreed on."""
    change = lock_change(change, by)
    require(changes.can_top_up(by, change, at))
    milestones, draft = lock_milestones(change.contract), draft_of(change)
    require(changes.top_up_refusal(milestones, draft.prices))
    milestone = changes.raised(milestones, draft)[0]
    assert milestone.hold is not None
    amount_yen = draft.prices[milestone.pk]
    return adjusting.start_top_up(hold=milestone.hold, amount_yen=amount_yen, request_key=request_key, by=by, at=at)


def topped_up(milestone: Milestone, payment: Payment, *, at: datetime) -> bool:
    """A payment came in for a milestone that is set aside: the agreed change takes effect. False when it is not for
    one. The milestone and its neighbours are locked."""
    contract = milestone.contract
    waiting = locked(TermsChange, contract_id=contract.pk, status=TermsChange.Status.AGREED.value)
    draft = draft_of(waiting[0]) if waiting else ChangeDraft()
    if milestone.hold is None or milestone.pk not in draft.prices:
        return False
    amount_yen = draft.prices[milestone.pk]
    # While other money of the change stands still, it cannot take effect: what was paid goes straight back.
    is_possible = changes.top_up_refusal(lock_milestones(contract), draft.prices) is None
    holds_yen = amount_yen if is_possible else milestone.hold.amount_yen
    adjusting.top_up(hold=milestone.hold, amount_yen=holds_yen, payment=payment, by=SYSTEM, at=at)
    milestones = lock_milestones(contract)
    raised = next(one for one in milestones if one.pk == milestone.pk)
    if raised.hold is None or raised.hold.amount_yen != amount_yen:
        return True
    change = waiting[0]
    change.contract = contract
    move(change, TERMS_CHANGE, "take_effect", by=SYSTEM, at=at, event={"contract_id": contract.pk}, answered_at=at)
    _apply(contract, milestones, draft, SYSTEM, at)
    return True


def _apply(contract: Contract, milestones: Sequence[Milestone], draft: ChangeDraft, by: Actor, at: datetime) -> None:
    for milestone in milestones:
        milestone.due_on = draft.dates.get(milestone.pk, milestone.due_on)
        if milestone.pk in draft.prices:
            _reprice(milestone, draft.prices[milestone.pk], at)
    Milestone.objects.bulk_update(milestones, ["due_on", "amount_yen"])
    last = max((milestone.position for milestone in milestones), default=0)
    rows = [
        Milestone(contract=contract, position=last + n, **vars(piece)) for n, piece in enumerate(draft.added, start=1)
    ]
    Milestone.objects.bulk_create(rows)
    if contract.format not in LASTING:
        contract.amount_yen = sum(one.amount_yen for one in [*milestones, *rows])
    contract.scope = draft.scope or contract.scope
    contract.save(update_fields=["amount_yen", "scope"])
    if draft.rate is not None:
        prices.agree(contract, from_on=draft.rate.from_on, amount_yen=draft.rate.amount_yen, at=at)
        formats.of(contract).repriced(contract, draft.rate.from_on, at=at)
    if draft.deal_ends_on is not None:
        put_off(contract, timers.last_minute(draft.deal_ends_on), at=at)
    milestones = lock_milestones(contract)
    prolong(contract, [milestone.due_on for milestone in milestones if milestone.is_pending], at=at)
    write_terms(contract, milestones, by=by, at=at)


def _reprice(milestone: Milestone, amount_yen: Yen, at: datetime) -> None:
    """The hold follows: unpaid it is quoted anew, lower it gives the difference back, topped up it has it already."""
    hold, milestone.amount_yen = milestone.hold, amount_yen
    if hold is None or hold.amount_yen == amount_yen:
        return
    if hold.status == "unfunded":
        milestone.hold = adjusting.reprice_unpaid(hold=hold, amount_yen=amount_yen, by=SYSTEM, at=at)
    else:
        milestone.hold = adjusting.lower(hold=hold, amount_yen=amount_yen, by=SYSTEM, at=at)


@transaction.atomic
def decline_change(*, change: TermsChange, by: Actor, at: datetime) -> TermsChange:
    """Do not agree: the terms stay as they are."""
    change = lock_change(change, by)
    require(changes.can_answer(by, change, at))
    event = {"contract_id": change.contract_id}
    return move(change, TERMS_CHANGE, "decline", by=by, at=at, event=event, answered_at=at)


@transaction.atomic
def withdraw_change(*, change: TermsChange, by: Actor, at: datetime) -> TermsChange:
    """Take the proposal back: the terms stay as they are."""
    change = lock_change(change, by)
    require(changes.can_withdraw(by, change))
    event = {"contract_id": change.contract_id}
    return move(change, TERMS_CHANGE, "withdraw", by=by, at=at, event=event, answered_at=at)


@transaction.atomic
def drop_change(*, change: TermsChange, by: Actor, at: datetime) -> TermsChange:
    """Let go of what was agreed and not paid for: the terms stay as they are. A payment on its way comes back."""
    change = lock_change(change, by)
    require(changes.can_drop(by, change))
    event = {"contract_id": change.contract_id}
    return move(change, TERMS_CHANGE, "drop", by=by, at=at, event=event, answered_at=at)
