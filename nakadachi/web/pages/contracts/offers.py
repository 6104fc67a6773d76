"""Callouts of offers and proposals that wait, or of a contract that is over, for formats without milestones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.urls import reverse

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import changes, prompting, queries
from nakadachi.market.contracts.models import Contract, EndProposal
from nakadachi.market.contracts.turn import OFFER, Turn
from nakadachi.web.pages.contracts.calls import Call, change_call, closing_call, confirm_call, end_call
from nakadachi.web.pages.contracts.prompts import with_prompt


def one_turn(calls: Iterable[Call]) -> list[Call]:
    """The same with one of them to act on first; the buttons of the others are quiet."""
    shown = [call for call in calls if call.title]
    first = next((call for call in shown if call.tone == "turn"), None)
    return [replace(call, tone="info") if call.tone == "turn" and call is not first else call for call in shown]


def proposal_calls(actor: Actor, contract: Contract) -> tuple[list[Call], str]:
    """The proposals to end and to change that wait for an answer, and the way to propose a change, if there is one."""
    if contract.status != Contract.Status.ACTIVE or actor.id is None:
        return [], ""
    change = queries.waiting_change(contract)
    ends = [end for end in queries.ends_of(contract) if end.status == EndProposal.Status.OPEN]
    for proposed in [*ends, *([change] if change else [])]:
        proposed.contract = contract
    calls = [end_call(end, viewer_id=actor.id) for end in ends]
    calls += [change_call(change, viewer_id=actor.id)] if change else []
    may_propose = changes.can_propose(actor, contract, change) is None
    return calls, reverse("contracts:change_new", args=[contract.pk]) if may_propose else ""


def offer_calls(contract: Contract, *, viewer_id: int, now: datetime) -> list[Call]:
    """What to do with the offer; what it ended in; nothing while the contract is in progress."""
    if contract.status == Contract.Status.OFFERED:
        turn = Turn("worker", "confirm", OFFER, contract.answer_by)
        call = confirm_call(turn, contract, viewer_id=viewer_id)
        waiting = prompting.waiting_of(contract, (), at=now) if viewer_id == contract.client_id else None
        last = prompting.last_of(contract, viewer_id) if contract.has_prompts else None
        return [with_prompt(call, contract, waiting, last, now=now)]
    if contract.is_over:
        return [closing_call(contract, is_worker=contract.worker_id == viewer_id, pay=None, receives_yen=0)]
    return []
