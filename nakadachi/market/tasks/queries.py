"""Reads of tasks. What was open is seen by all; a claim by its worker, once answered by its client, and by staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet

from nakadachi.infra.files import queries as file_queries
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.paging import Page, page_of
from nakadachi.infra.prepared import Among, Param, Prepared
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.tasks import pricing
from nakadachi.market.tasks.eligibility import Record
from nakadachi.market.tasks.lifecycle import HANDED_IN, REJECTED
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.market.tasks.policy import may_see, may_see_claim

NEWEST = ("-id",)
OLDEST = ("id",)


def task_for(actor: Actor | None, task_id: int) -> Task:
    """A task that has been open, or the actor's own, with posting, client and hold."""
    task = Task.objects.select_related("job", "client__standing", "hold").filter(pk=task_id).first()
    if task is None or not may_see(actor, task):
        raise NotVisible
    return task


def own_task_for(actor: Actor, task_id: int) -> Task:
    """A task of the actor's own."""
    task = task_for(actor, task_id)
    if not actor.is_member(task.client_id):
        raise NotVisible
    return task


def claim_for(actor: Actor, task_id: int, claim_id: int) -> Claim:
    """A claim on that task which the actor may see, with task, posting, worker and client."""
    claims = Claim.objects.select_related("task__job", "task__client", "task__hold", "worker")
    claim = claims.filter(pk=claim_id, task_id=task_id).first()
    if claim is None or not may_see_claim(actor, claim):
        raise NotVisible
    return claim


@dataclass(frozen=True)
class Places:
    """How a task stands: places by what became of them, and when the first answer that waits is approved by itself."""

    free: int = 0
    reserved: int = 0
    submitted: int = 0
    approved: int = 0
    rejected: int = 0
    appealed: int = 0
    refused: int = 0
    approves_at: datetime | None = None

    @property
    def handed_in(self) -> int:
        """Answers that came, whatever was decided."""
        return self.submitted + self.approved + self.rejected + self.appealed + self.refused

    @property
    def not_approved(self) -> int:
        """Answers that were rejected, counted against the cap."""
        return self.rejected + self.appealed + self.refused

    @property
    def undecided(self) -> int:
        """What a closed task still waits for."""
        return self.reserved + self.submitted + self.rejected + self.appealed


def certified_only_among(ids: Sequence[int]) -> set[int]:
    """Which of several tasks are for certified members only."""
    return {task.pk for task in _CERTIFIED_ONLY(ids=list(ids))} if ids else set()


_CERTIFIED_ONLY = Prepared(
    lambda: Task.objects.only("job_id").filter(Among(F("pk"), Param("ids")), certified_only=True)
)


def places_of(tasks: Sequence[Task]) -> dict[int, Places]:
    """How several tasks stand, in two queries, by task id."""
    ids = [task.pk for task in tasks]
    figures: dict[int, dict[str, Any]] = {task_id: {} for task_id in ids}
    for row in Slot.objects.filter(task_id__in=ids).values("task_id").annotate(n=Count("id")).order_by():
        figures[row["task_id"]]["free"] = row["n"]
    counted = Claim.objects.filter(task_id__in=ids).exclude(status=Claim.Status.LAPSED)
    decided_by = {"n": Count("id"), "first_at": Min("auto_approve_at")}
    for row in counted.values("task_id", "status").annotate(**decided_by).order_by():
        figures[row["task_id"]][row["status"]] = row["n"]
        if row["status"] == Claim.Status.SUBMITTED:
            figures[row["task_id"]]["approves_at"] = row["first_at"]
    return {task_id: Places(**found) for task_id, found in figures.items()}


def reserved_of(task_id: int, worker_id: int) -> Claim | None:
    """The place that a worker holds of a task."""
    held = Claim.objects.filter(task_id=task_id, worker_id=worker_id, status=Claim.Status.RESERVED)
    return held.select_related("task__job", "task__hold").first()


def of_worker(task: Task, worker_id: int) -> list[Claim]:
    """Everything a worker ever claimed of a task, by round."""
    claims = list(Claim.objects.filter(task=task, worker_id=worker_id).order_by("round"))
    for claim in claims:
        claim.task = task
    return claims


def rounds_used(task_id: int, worker_id: int) -> int:
    """How often a worker has answered a task, or is about to."""
    return Claim.objects.filter(task_id=task_id, worker_id=worker_id).exclude(status=Claim.Status.LAPSED).count()


def may_become_free(task_id: int) -> bool:
    """True while somebody works on a place, or an answer could still be refused."""
    open_ends = (Claim.Status.RESERVED, Claim.Status.SUBMITTED, Claim.Status.REJECTED, Claim.Status.APPEALED)
    return Claim.objects.filter(task_id=task_id, status__in=open_ends).exists()


def record_of(worker_id: int) -> Record:
    """How a worker's answers were judged so far."""
    counts = Claim.objects.filter(worker_id=worker_id).aggregate(
        approved=Count("pk", filter=Q(status=Claim.Status.APPROVED)),
        rejected=Count("pk", filter=Q(status=Claim.Status.REFUSED)),
    )
    return Record(**counts)


def judged(task_id: int) -> tuple[int, int]:
    """How many answers came, and how many of them were rejected."""
    counts = Claim.objects.filter(task_id=task_id).aggregate(
        done=Count("pk", filter=Q(status__in=HANDED_IN)), rejected=Count("pk", filter=Q(status__in=REJECTED))
    )
    return counts["done"], counts["rejected"]


def my_claims_page(actor: Actor, *, statuses: Sequence[str] = (), after: str = "", limit: int = 20) -> Page[Claim]:
    """A worker's claims, the newest first."""
    claims = Claim.objects.filter(worker_id=actor.id).select_related("task__job", "task__hold", "task__client")
    claims = claims.filter(status__in=statuses) if statuses else claims.exclude(status=Claim.Status.LAPSED)
    return page_of(claims, order=NEWEST, after=after, limit=limit)


def answers_page(task: Task, *, statuses: Sequence[str], after: str = "", limit: int = 20) -> Page[Claim]:
    """The answers to a task in some statuses for its client, the oldest first."""
    claims = Claim.objects.filter(task=task, status__in=statuses).select_related("worker")
    page = page_of(claims, order=OLDEST, after=after, limit=limit)
    for claim in page.rows:
        claim.task = task
    return page


def approved_answers(task: Task) -> QuerySet[Claim]:
    """Everything that was paid for, the oldest first: what the client may use."""
    return Claim.objects.filter(task=task, status=Claim.Status.APPROVED).select_related("worker").order_by("pk")


def files_of(claims: Sequence[Claim]) -> dict[int, dict[int, StoredFile]]:
    """The files of several answers in one query: by claim, by file id."""
    found = file_queries.of_owners(Claim._meta.label_lower, [claim.pk for claim in claims])
    return {claim_id: {file.pk: file for file in files} for claim_id, files in found.items()}


def answer_for(actor: Actor, claim_id: int) -> Claim:
    """An answer whose content the actor may read, and with it its files: what was rejected is the worker's alone."""
    claim = Claim.objects.select_related("task__job").filter(pk=claim_id).first()
    if claim is None or not may_see_claim(actor, claim):
        raise NotVisible
    if actor.is_member(claim.task.client_id) and not claim.is_readable_by_client:
        raise NotVisible
    return claim


def appeals() -> QuerySet[Claim]:
    """Objections that wait for the operator, the most pressing first."""
    waiting = Claim.objects.filter(status=Claim.Status.APPEALED)
    return waiting.select_related("task__job", "task__client", "worker").order_by("decide_by", "pk")


def appeals_page(*, is_open: bool, after: str = "", limit: int = 20) -> Page[Claim]:
    """Objections for the operator: what waits, the most pressing first; or what was decided, the newest first."""
    if is_open:
        return page_of(appeals(), order=("decide_by", "id"), after=after, limit=limit)
    decided = Claim.objects.filter(appealed_at__isnull=False).exclude(status=Claim.Status.APPEALED)
    found = decided.select_related("task__job", "task__client", "worker")
    return page_of(found, order=("-decided_at", "-id"), after=after, limit=limit)


def appeal_for(actor: Actor, claim_id: int) -> Claim:
    """A claim that was objected to, for staff."""
    claims = Claim.objects.select_related("task__job", "task__client", "task__hold", "worker")
    claim = claims.filter(pk=claim_id, appealed_at__isnull=False).first()
    if claim is None or not actor.is_staff:
        raise NotVisible
    return claim


def tasks_of_holds(hold_ids: Sequence[int]) -> dict[int, Task]:
    """What each of several holds is for, by hold id. Who may see it is decided by the query that found the holds."""
    found = Task.objects.filter(hold_id__in=hold_ids).select_related("job", "client", "hold") if hold_ids else []
    return {task.hold_id: task for task in found if task.hold_id is not None}


def titles_of_holds(hold_ids: Sequence[int]) -> dict[int, str]:
    """The titles of the tasks that each of several holds is for, and nothing else of them."""
    found = Task.objects.filter(hold_id__in=hold_ids).order_by()
    return dict(found.values_list("hold_id", "job__title")) if hold_ids else {}


@dataclass(frozen=True)
class Waiting:
    """What waits for one member about one task: `count` things, the first of them until a moment."""

    kind: str
    task_id: int
    title: str
    count: int
    until: datetime | None
    claim_id: int | None = None
    reward_yen: int = 0


def waiting_answers(worker_id: int) -> list[Waiting]:
    """By task, a worker's answers that are handed in and not decided, with what they would pay together."""
    undecided = (Claim.Status.SUBMITTED, Claim.Status.APPEALED)
    claims = Claim.objects.filter(worker_id=worker_id, status__in=undecided)
    counted = claims.values("task_id").annotate(n=Count("id"), until=Min("auto_approve_at")).order_by("until")
    counts = {row["task_id"]: row for row in counted}
    tasks = Task.objects.filter(pk__in=counts).select_related("job", "hold", "client") if counts else []
    by_id = {task.pk: task for task in tasks}
    return [
        Waiting(
            "waiting",
            task_id,
            by_id[task_id].job.title,
            row["n"],
            row["until"],
            reward_yen=row["n"] * pricing.worker_receives_yen(by_id[task_id]),
        )
        for task_id, row in counts.items()
    ]


_TODO = """
SELECT 'approve', claim.task_id, job.title, count(*), min(claim.auto_approve_at), NULL::bigint
FROM tasks_claim claim JOIN tasks_task task ON task.id = claim.task_id JOIN jobs_job job ON job.id = task.id
WHERE task.client_id = %(me)s AND task.status IN ('open', 'closed') AND claim.status = 'submitted'
GROUP BY claim.task_id, job.title
UNION ALL
SELECT 'answer', claim.task_id, job.title, 1, claim.reserved_until, claim.id
FROM tasks_claim claim JOIN jobs_job job ON job.id = claim.task_id
WHERE claim.worker_id = %(me)s AND claim.status = 'reserved'
UNION ALL
SELECT 'object', claim.task_id, job.title, 1, claim.appeal_by, claim.id
FROM tasks_claim claim JOIN jobs_job job ON job.id = claim.task_id
WHERE claim.worker_id = %(me)s AND claim.status = 'rejected'
ORDER BY 5, 2
"""


def todo_for(actor: Actor) -> list[Waiting]:
    """要対応 of tasks, the most pressing first: answers to look at, places that are kept, rejections to answer."""
    with connection.cursor() as cursor:
        cursor.execute(_TODO, {"me": actor.id})
        return [Waiting(*row) for row in cursor.fetchall()]
