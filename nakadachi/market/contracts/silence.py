"""Silence: when a side was last heard, and when the other may ask for a sign of life.

A message and a move both count. Messages are kept on the contract; moves are read from the events.
"""

from datetime import datetime, timedelta

from django.db.models import Max, Q

from nakadachi.infra.days import day_and_time
from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.market.contracts import formats, policy
from nakadachi.market.contracts import refusals as no
from nakadachi.market.contracts.models import Contract, Milestone, Nudge
from nakadachi.market.contracts.queries import events_of, waiting_change
from nakadachi.money import rulebook

HEARD = Refusal(
    "heard_lately",
    N_("The other side was heard within the last %(days)s days. You can ask for a sign of life from %(day)s on."),
)
NUDGE_OPEN = Refusal("nudge_open", N_("A sign of life is asked for already. Please wait until its time is over."))
CHANGE_WAITS = Refusal(
    "change_waits", N_("A change of the terms waits for an answer. Please answer or withdraw it first.")
)
NOT_NEEDED = Refusal(
    "nudge_not_needed",
    N_("Work by the hour waits for nobody: every week ends on its dates, and either side can end it at any time."),
)


def heard_at(contract: Contract, member_id: int) -> datetime:
    """When a side last wrote or did something; since the agreement at the latest."""
    wrote_at = contract.client_wrote_at if member_id == contract.client_id else contract.worker_wrote_at
    did = Q()
    for subject_type, ids in events_of(contract).items():
        did |= Q(subject_type=subject_type, subject_id__in=ids)
    events = Event.objects.filter(did, actor_kind="member", actor_id=member_id)
    moments = [contract.agreed_at, wrote_at, events.aggregate(last=Max("at"))["last"]]
    return max(moment for moment in moments if moment is not None)


def open_nudge(contract: Contract) -> Nudge | None:
    """The one that waits."""
    return Nudge.objects.filter(contract=contract, status=Nudge.Status.OPEN).first()


def is_answered(nudge: Nudge) -> bool:
    """True once the silent side was heard."""
    contract = nudge.contract
    return heard_at(contract, contract.other_side(nudge.asked_by_id).pk) > nudge.asked_at


def may_nudge_from(contract: Contract, asker_id: int) -> datetime:
    """From when on a side may ask."""
    days = rulebook.current().silence.nudge_after_days
    return heard_at(contract, contract.other_side(asker_id).pk) + timedelta(days=days)


def can_nudge(actor: Actor, contract: Contract, milestones: list[Milestone], at: datetime) -> Refusal | None:
    """Either side of a running contract, when the other was not heard for some days, no change waits for an answer and
    no money stands still."""
    if not policy.is_party(actor, contract):
        return no.NOT_PARTY
    if contract.status != Contract.Status.ACTIVE:
        return no.NOT_ACTIVE
    if not formats.of(contract).waits_for_signs:
        return NOT_NEEDED
    nudge = open_nudge(contract)
    if nudge is not None and not is_answered(nudge):
        return NUDGE_OPEN
    if waiting_change(contract) is not None:
        return CHANGE_WAITS
    if refusal := policy.frozen_refusal(milestones):
        return refusal
    free_at = may_nudge_from(contract, actor.id or 0)
    if at >= free_at:
        return None
    return HEARD.with_params(days=rulebook.current().silence.nudge_after_days, day=day_and_time(free_at))
