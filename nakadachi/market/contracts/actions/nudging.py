"""連絡催促: asking the silent side for a sign of life, and what happens when none comes."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.infra.timers import Timer, by_column
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import require
from nakadachi.market.contracts import policy, silence
from nakadachi.market.contracts.actions.ending import end_by_rule, none_on_its_way
from nakadachi.market.contracts.actions.prolonging import prolong
from nakadachi.market.contracts.lifecycle import NUDGE
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Nudge
from nakadachi.market.jobs.policy import KEY_REUSED
from nakadachi.money import rulebook


@transaction.atomic
def nudge(*, contract: Contract, request_key: UUID, by: Actor, at: datetime) -> Nudge:
    """Ask the other side for a sign of life within the time of the rulebook. The same form again is the same nudge.

    Refused while the other side was heard lately, while one waits already, a change waits or money stands still.
    """
    contract = lock_contract(contract.pk, by)
    known = Nudge.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.contract_id == contract.pk else KEY_REUSED)
        return known
    require(silence.can_nudge(by, contract, lock_milestones(contract), at))
    for answered in locked(Nudge, contract_id=contract.pk, status=Nudge.Status.OPEN.value):
        move(answered, NUDGE, "answer", by=SYSTEM, at=at, closed_at=at)
    due_at = at + timedelta(hours=rulebook.current().silence.nudge_hours)
    asked = Nudge.objects.create(
        contract=contract, asked_by_id=by.id or 0, asked_at=at, due_at=due_at, request_key=request_key
    )
    record("nudge.ask", asked, by=by, at=at, due_at=due_at.isoformat())
    prolong(contract, at=at)
    return asked


@transaction.atomic
def carry_out(*, nudge_id: int, at: datetime) -> bool:
    """The time is over. Nothing was heard: delivered work is paid, what else is set aside goes back, the contract has
    ended by the silence of that side. Otherwise it is closed as answered or overtaken. False when it is not due."""
    contract = lock_contract(Nudge.objects.values_list("contract_id", flat=True).get(pk=nudge_id), SYSTEM)
    asked = locked(Nudge, id=nudge_id)[0]
    if asked.status != Nudge.Status.OPEN or at < asked.due_at:
        return False
    asked.contract = contract
    milestones = lock_milestones(contract)
    if contract.status != Contract.Status.ACTIVE or policy.frozen_refusal(milestones):
        move(asked, NUDGE, "overtake", by=SYSTEM, at=at, closed_at=at)
    elif silence.is_answered(asked):
        move(asked, NUDGE, "answer", by=SYSTEM, at=at, closed_at=at)
    else:
        none_on_its_way(milestones)
        move(asked, NUDGE, "carry_out", by=SYSTEM, at=at, closed_at=at)
        end_by_rule(contract, milestones, event={"nudge_id": asked.pk, "silent": silent_side(asked)}, at=at)
    return True


def silent_side(asked: Nudge) -> str:
    """Who was not heard."""
    return "worker" if asked.asked_by_id == asked.contract.client_id else "client"


SILENT_SIDE = Timer(
    "contracts ended by silence",
    by_column(lambda: Nudge.objects.filter(status=Nudge.Status.OPEN), "due_at"),
    lambda pk, at: carry_out(nudge_id=pk, at=at),
)
