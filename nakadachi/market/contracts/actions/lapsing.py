"""Proposals to change or to end that nobody answered: they close by themselves, and the contract goes on as it is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.infra.timers import Timer, by_column
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.lifecycle import Lifecycle
from nakadachi.market.contracts.actions.changing import draft_of
from nakadachi.market.contracts.lifecycle import END_PROPOSAL, TERMS_CHANGE
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import EndProposal, TermsChange
from nakadachi.money.escrow.paying import is_being_paid

Proposed = type[TermsChange] | type[EndProposal]


@transaction.atomic
def lapse_change(*, change_id: int, at: datetime) -> bool:
    """Not answered, or the agreed difference not set aside in time. A card that is being charged is waited for."""
    return _lapse(TermsChange, TERMS_CHANGE, change_id, at, _is_being_topped_up)


@transaction.atomic
def lapse_end(*, end_id: int, at: datetime) -> bool:
    """Not answered in time."""
    return _lapse(EndProposal, END_PROPOSAL, end_id, at, lambda end: False)


def _lapse(model: Proposed, life: Lifecycle, pk: int, at: datetime, is_on_its_way: Callable[..., bool]) -> bool:
    contract = lock_contract(model._default_manager.values_list("contract_id", flat=True).get(pk=pk), SYSTEM)
    proposed: TermsChange | EndProposal = locked(model, id=pk)[0]
    proposed.contract = contract
    is_due = proposed.answer_by is not None and at >= proposed.answer_by
    if proposed.status not in life["lapse"].sources or not is_due or is_on_its_way(proposed):
        return False
    move(proposed, life, "lapse", by=SYSTEM, at=at, event={"contract_id": contract.pk}, answered_at=at)
    return True


def _is_being_topped_up(change: TermsChange) -> bool:
    if change.status != TermsChange.Status.AGREED:
        return False
    priced = draft_of(change).prices
    holds = [one.hold for one in lock_milestones(change.contract) if one.pk in priced]
    return any(hold is not None and is_being_paid(hold) for hold in holds)


def _waiting(model: Proposed, life: Lifecycle) -> QuerySet[Any]:
    return model._default_manager.filter(status__in=sorted(life["lapse"].sources))


UNANSWERED = (
    Timer(
        "changes nobody answered",
        by_column(lambda: _waiting(TermsChange, TERMS_CHANGE), "answer_by"),
        lambda pk, at: lapse_change(change_id=pk, at=at),
    ),
    Timer(
        "endings nobody answered",
        by_column(lambda: _waiting(EndProposal, END_PROPOSAL), "answer_by"),
        lambda pk, at: lapse_end(end_id=pk, at=at),
    ),
)
