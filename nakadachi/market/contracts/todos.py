"""要対応: everything that waits for one member, in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.lateness import work_until
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.timers import fund_until
from nakadachi.market.jobs.models import Job
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments.lifecycle import PENDING
from nakadachi.money.payments.models import Payment

KINDS = (
    "answer_offer",
    "inspect",
    "answer_end",
    "answer_change",
    "top_up",
    "revise",
    "work",
    "fund",
    "look_at_proposals",
)
"""In the order of their weight, when they are due at the same time."""

_ASKED = """
SELECT 'answer_offer', id, 1, '', id, answer_by FROM contracts_contract WHERE worker_id = %(me)s AND status = 'offered'
UNION ALL
SELECT 'answer_change', asked.id, 1, '', contract.id, asked.answer_by
FROM contracts_termschange asked JOIN contracts_contract contract ON contract.id = asked.contract_id
WHERE asked.status = 'open' AND asked.proposed_by_id <> %(me)s AND %(me)s IN (contract.client_id, contract.worker_id)
UNION ALL
SELECT 'top_up', asked.id, 1, '', contract.id, asked.answer_by
FROM contracts_termschange asked JOIN contracts_contract contract ON contract.id = asked.contract_id
WHERE asked.status = 'agreed' AND contract.client_id = %(me)s
UNION ALL
SELECT 'answer_end', asked.id, 1, '', contract.id, asked.answer_by
FROM contracts_endproposal asked JOIN contracts_contract contract ON contract.id = asked.contract_id
WHERE asked.status = 'open' AND asked.proposed_by_id <> %(me)s AND %(me)s IN (contract.client_id, contract.worker_id)
UNION ALL
SELECT 'look_at_proposals', job.id, count(*), job.title, NULL, NULL
FROM jobs_job job JOIN sourcing_proposal proposal ON proposal.job_id = job.id AND proposal.status = 'sent'
WHERE job.client_id = %(me)s GROUP BY job.id
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class ToDo:
    """One thing that waits: its kind, what it is about, until when; `is_late` when that moment has passed."""

    kind: str
    until: datetime | None = None
    is_late: bool = False
    contract: Contract | None = None
    milestone: Milestone | None = None
    job: Job | None = None
    end_id: int = 0
    count: int = 1


def is_paying_now() -> Exists:
    """True for a milestone whose payment is with the provider or the card's owner."""
    return Exists(
        Payment.objects.filter(purpose=PURPOSE, purpose_id=OuterRef("hold_id"), status__in=PENDING),
    )


def todo_for(actor: Actor, at: datetime) -> list[ToDo]:
    """Everything that waits for the member, the most pressing first."""
    found = [*_asked(actor), *_milestones(actor, at)]
    late = [_with_lateness(todo, at) for todo in found]
    return sorted(late, key=_weight)


def _with_lateness(todo: ToDo, at: datetime) -> ToDo:
    if todo.until is None or at < todo.until:
        return todo
    return replace(todo, is_late=True)


def _weight(todo: ToDo) -> tuple[bool, float, int]:
    return (todo.until is None, todo.until.timestamp() if todo.until else 0.0, KINDS.index(todo.kind))


def _asked(actor: Actor) -> list[ToDo]:
    """What somebody else asked of the member: one query tells all of it, one more brings the contracts it is about."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"me": actor.id})
        rows = cursor.fetchall()
    ids = {contract_id for *_, contract_id, _ in rows if contract_id}
    contracts = Contract.objects.select_related("client", "worker").in_bulk(ids) if ids else {}
    return [
        ToDo(
            kind,
            until,
            contract=contracts.get(contract_id),
            job=None if contract_id else Job(pk=about_id, title=title),
            end_id=about_id if kind == "answer_end" else 0,
            count=count,
        )
        for kind, about_id, count, title, contract_id, until in rows
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
    """Every delivery that waits; every month that is to be funded; the next funding, when nothing is worked on."""
    todos = [
        ToDo("inspect", milestone.auto_accept_at, contract=milestone.contract, milestone=milestone)
        for milestone in milestones
        if milestone.status == Milestone.Status.DELIVERED and not milestone.is_frozen
    ]
    unfunded = [one for one in milestones if not (one.is_funded or one.is_frozen)]
    is_moving = len(unfunded) < len(milestones) or any(getattr(milestone, "is_paying", False) for milestone in unfunded)
    due = [one for one in unfunded if one.period_from and not getattr(one, "is_paying", False)]
    if not due and unfunded and not is_moving:
        due = unfunded[:1]
    return todos + [ToDo("fund", fund_until(one), contract=one.contract, milestone=one) for one in due]


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
