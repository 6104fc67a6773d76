"""要対応: everything that waits for one member, in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.lateness import work_until
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments.lifecycle import PENDING
from nakadachi.money.payments.models import Payment

KINDS = ("answer_offer", "inspect", "answer_end", "answer_change", "revise", "work", "fund", "look_at_proposals")
"""In the order of their weight, when they are due at the same time."""


@dataclass(frozen=True)
class ToDo:
    """One thing that waits: its kind, what it is about, until when; `is_late` when that moment has passed."""

    kind: str
    until: datetime | None = None
    is_late: bool = False
    contract: Contract | None = None
    milestone: Milestone | None = None
    job: Job | None = None
    end: EndProposal | None = None
    change: TermsChange | None = None
    count: int = 1


def is_paying_now() -> Exists:
    """True for a milestone whose payment is with the provider or the card's owner."""
    return Exists(
        Payment.objects.filter(purpose=PURPOSE, purpose_id=OuterRef("hold_id"), status__in=PENDING),
    )


def todo_for(actor: Actor, at: datetime) -> list[ToDo]:
    """Everything that waits for the member, the most pressing first."""
    found = [*_offers(actor), *_milestones(actor, at), *_changes(actor), *_ends(actor), *_proposals(actor)]
    late = [_with_lateness(todo, at) for todo in found]
    return sorted(late, key=_weight)


def _with_lateness(todo: ToDo, at: datetime) -> ToDo:
    if todo.until is None or at < todo.until:
        return todo
    return replace(todo, is_late=True)


def _weight(todo: ToDo) -> tuple[bool, float, int]:
    return (todo.until is None, todo.until.timestamp() if todo.until else 0.0, KINDS.index(todo.kind))


def _offers(actor: Actor) -> list[ToDo]:
    offered = Contract.objects.filter(worker_id=actor.id, status=Contract.Status.OFFERED)
    return [
        ToDo("answer_offer", contract.answer_by, contract=contract)
        for contract in offered.select_related("client", "worker").order_by("pk")
    ]


def _milestones(actor: Actor, at: datetime) -> list[ToDo]:
    pending = (
        Milestone.objects.filter(
            Q(contract__client_id=actor.id) | Q(contract__worker_id=actor.id),
            contract__status=Contract.Status.ACTIVE,
            status__in=[Milestone.Status.OPEN, Milestone.Status.DELIVERED],
        )
        .select_related("contract__client", "contract__worker", "hold")
        .annotate(is_paying=is_paying_now())
        .order_by("contract_id", "position")
    )
    todos: list[ToDo] = []
    by_contract: dict[int, list[Milestone]] = {}
    for milestone in pending:
        by_contract.setdefault(milestone.contract_id, []).append(milestone)
    for milestones in by_contract.values():
        as_client = actor.is_member(milestones[0].contract.client_id)
        todos += _to_client(milestones) if as_client else _to_worker(milestones, at)
    return todos


def _to_client(milestones: list[Milestone]) -> list[ToDo]:
    """Every delivery that waits; and the next funding, when nothing is being worked on."""
    todos = [
        ToDo("inspect", milestone.auto_accept_at, contract=milestone.contract, milestone=milestone)
        for milestone in milestones
        if milestone.status == Milestone.Status.DELIVERED and not milestone.is_frozen
    ]
    unfunded = [one for one in milestones if not (one.is_funded or one.is_frozen)]
    is_moving = len(unfunded) < len(milestones) or any(getattr(milestone, "is_paying", False) for milestone in unfunded)
    if unfunded and not is_moving:
        todos.append(ToDo("fund", contract=unfunded[0].contract, milestone=unfunded[0]))
    return todos


def _to_worker(milestones: list[Milestone], at: datetime) -> list[ToDo]:
    """Every funded milestone that is not delivered."""
    return [
        ToDo(
            "revise" if milestone.revisions_count else "work",
            work_until(milestone, at),
            contract=milestone.contract,
            milestone=milestone,
        )
        for milestone in milestones
        if milestone.status == Milestone.Status.OPEN and milestone.is_funded
    ]


def _changes(actor: Actor) -> list[ToDo]:
    changes = (
        TermsChange.objects.filter(
            Q(contract__client_id=actor.id) | Q(contract__worker_id=actor.id), status=TermsChange.Status.OPEN
        )
        .exclude(proposed_by_id=actor.id)
        .select_related("contract__client", "contract__worker", "proposed_by")
        .order_by("pk")
    )
    return [ToDo("answer_change", contract=change.contract, change=change) for change in changes]


def _ends(actor: Actor) -> list[ToDo]:
    ends = (
        EndProposal.objects.filter(
            Q(contract__client_id=actor.id) | Q(contract__worker_id=actor.id), status=EndProposal.Status.OPEN
        )
        .exclude(proposed_by_id=actor.id)
        .select_related("contract__client", "contract__worker", "proposed_by")
        .order_by("pk")
    )
    return [ToDo("answer_end", contract=end.contract, end=end) for end in ends]


def _proposals(actor: Actor) -> list[ToDo]:
    waiting = Q(proposals__status=Proposal.Status.SENT)
    jobs = (
        Job.objects.filter(Exists(Proposal.objects.filter(job=OuterRef("pk"), status=Proposal.Status.SENT)))
        .filter(client_id=actor.id)
        .annotate(waiting_count=Count("proposals", filter=waiting))
        .order_by("pk")
    )
    return [ToDo("look_at_proposals", job=job, count=job.waiting_count) for job in jobs]
