"""Reads of proposals. A proposal is seen by its worker, the client of its job, and staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q

from nakadachi.infra.files import queries as file_queries
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.lifecycle import LIVING
from nakadachi.market.sourcing.models import Counter, Proposal, ProposalTemplate, ProposalVersion
from nakadachi.people.standing.models import Standing

NEWEST = ("-sent_at", "-id")
_COUNTS = """
SELECT job_id, count(*) FROM sourcing_proposal
WHERE job_id = ANY(%s) AND status <> 'withdrawn' GROUP BY job_id
"""
Sort = Literal["newest", "cheap", "dear", "soon"]
Show = Literal["all", "waiting", "kept", "chosen", "declined"]
ORDERS: dict[Sort, tuple[str, ...]] = {
    "newest": NEWEST,
    "cheap": ("amount_yen", "id"),
    "dear": ("-amount_yen", "-id"),
    "soon": ("deliver_on", "id"),
}
SHOWN: dict[Show, Q] = {
    "all": ~Q(status=Proposal.Status.WITHDRAWN),
    "waiting": Q(status=Proposal.Status.SENT),
    "kept": Q(kept_at__isnull=False) & ~Q(status=Proposal.Status.WITHDRAWN),
    "chosen": Q(status__in=(Proposal.Status.CHOSEN, Proposal.Status.ACCEPTED)),
    "declined": Q(status=Proposal.Status.DECLINED),
}
"""The views of a client's list of proposals."""
_HAS_FILES = Exists(StoredFile.objects.filter(owner_type=Proposal._meta.label_lower, owner_id=OuterRef("pk")))


def proposal_for(actor: Actor, proposal_id: int) -> Proposal:
    """A proposal that the actor sent or received, with its job, client and worker."""
    found = Proposal.objects.select_related("job__client", "worker__standing").annotate(has_files=_HAS_FILES)
    proposal = found.filter(pk=proposal_id).first()
    if proposal is None or not (
        actor.is_staff or actor.is_member(proposal.worker_id) or actor.is_member(proposal.job.client_id)
    ):
        raise NotVisible
    return proposal


def of_job_page(
    actor: Actor, job: Job, *, show: Show = "all", sort: Sort = "newest", verified: bool = False, after: str = "",
    limit: int = 20,
) -> Page[Proposal]:  # fmt: skip
    """What came in for a job of the actor's own, withdrawn ones left out; each row knows whether its worker is
    verified, certified, or cannot begin anything now, and whether a suggestion of the worker's waits."""
    if not (actor.is_staff or actor.is_member(job.client_id)):
        raise NotVisible
    of_worker = Standing.objects.filter(member=OuterRef("worker"))
    confirmed = Exists(of_worker.filter(identity=Standing.Check.CONFIRMED))
    asks = Counter.objects.filter(proposal=OuterRef("pk"), proposed_by=OuterRef("worker"), status=Counter.Status.OPEN)
    proposals = (
        Proposal.objects.filter(SHOWN[show], job=job)
        .select_related("worker")
        .annotate(
            is_verified=confirmed,
            is_certified=Exists(of_worker.filter(certified_at__isnull=False)),
            is_paused=Exists(of_worker.exclude(suspended_at=None, leaving_at=None)),
            worker_asks=Exists(asks),
        )
    )
    if verified:
        proposals = proposals.filter(confirmed)
    return page_of(proposals, order=ORDERS[sort], after=after, limit=limit)


def shown_counts(job: Job) -> dict[str, int]:
    """How many proposals of a job each view of the list holds, in one query."""
    return Proposal.objects.filter(job=job).aggregate(
        **{show: Count("pk", filter=condition) for show, condition in SHOWN.items()}
    )


def counters_of(proposal: Proposal) -> list[Counter]:
    """Every suggestion made for a proposal, the newest first."""
    found = list(Counter.objects.filter(proposal=proposal).select_related("proposed_by").order_by("-pk"))
    for counter in found:
        counter.proposal = proposal
    return found


def counter_for(actor: Actor, proposal_id: int, counter_id: int) -> Counter:
    """A suggestion for a proposal that the actor sent or received."""
    proposal = proposal_for(actor, proposal_id)
    counter = Counter.objects.filter(pk=counter_id, proposal=proposal).first()
    if counter is None:
        raise NotVisible
    counter.proposal = proposal
    return counter


def files_of(proposal: Proposal) -> list[StoredFile]:
    """What the worker put beside the text: samples, an estimate. Where it is known that there is none, nobody asks."""
    if not getattr(proposal, "has_files", True):
        return []
    return file_queries.of_owners(Proposal._meta.label_lower, [proposal.pk])[proposal.pk]


def versions_of(proposal: Proposal) -> list[ProposalVersion]:
    """What a proposal said before it was changed, the oldest first."""
    return list(ProposalVersion.objects.filter(proposal=proposal).order_by("number"))


def version_of(proposal: Proposal, number: int) -> ProposalVersion:
    """One of them."""
    version = ProposalVersion.objects.filter(proposal=proposal, number=number).first()
    if version is None:
        raise NotVisible
    return version


def said_in(proposal: Proposal, number: int) -> ProposalDraft:
    """What a proposal said in one of its versions; the newest is what it says now."""
    if number == proposal.version:
        return ProposalDraft.of(proposal)
    return ProposalDraft.of_json(version_of(proposal, number).contents)


def mine_page(actor: Actor, *, status: str = "", after: str = "", limit: int = 20) -> Page[Proposal]:
    """What the member sent, the newest first, with job and client."""
    proposals = Proposal.objects.filter(worker_id=actor.id).select_related("job__client")
    if status:
        proposals = proposals.filter(status=status)
    return page_of(proposals, order=NEWEST, after=after, limit=limit)


@dataclass(frozen=True)
class Around:
    """The proposals of a job as its page needs them: how many, how many wait, and the reader's own living one."""

    count: int
    waiting: int
    own: Proposal | None


def around(actor: Actor | None, job: Job) -> Around:
    """The same, in one query, and one more when there is one of the reader's own."""
    own = Q(worker_id=actor.id if actor else None, status__in=LIVING)
    found = Proposal.objects.filter(job=job).aggregate(
        count=Count("pk", filter=SHOWN["all"]), waiting=Count("pk", filter=SHOWN["waiting"]), own=Max("pk", filter=own)
    )
    return Around(found["count"], found["waiting"], Proposal.objects.get(pk=found["own"]) if found["own"] else None)


def living_of(actor: Actor | None, job: Job) -> Proposal | None:
    """The member's own living proposal to a job, if there is one."""
    if actor is None or actor.id is None:
        return None
    return Proposal.objects.filter(job=job, worker_id=actor.id, status__in=LIVING).first()


def waiting_count(job: Job) -> int:
    """How many proposals of a job wait for its client."""
    return Proposal.objects.filter(job=job, status=Proposal.Status.SENT).count()


def counts(job_ids: Iterable[int]) -> dict[int, int]:
    """How many proposals each of several jobs has, in one query; withdrawn ones do not count."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(job_ids)])
        return dict(cursor.fetchall())


def templates_of(actor: Actor) -> list[ProposalTemplate]:
    """The member's own templates by name."""
    return list(ProposalTemplate.objects.filter(member_id=actor.id or 0).order_by("name"))


def template_for(actor: Actor, template_id: int) -> ProposalTemplate:
    """A template of the member's own."""
    template = ProposalTemplate.objects.filter(pk=template_id, member_id=actor.id or 0).first()
    if template is None or actor.kind != "member":
        raise NotVisible
    return template
