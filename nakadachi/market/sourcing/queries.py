"""Reads of proposals. A proposal is seen by its worker, the client of its job, and staff."""

from collections.abc import Iterable

from django.db.models import Count

from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.lifecycle import LIVING
from nakadachi.market.sourcing.models import Proposal, ProposalTemplate

NEWEST = ("-sent_at", "-id")


def proposal_for(actor: Actor, proposal_id: int) -> Proposal:
    """A proposal that the actor sent or received, with its job, client and worker."""
    proposal = Proposal.objects.select_related("job__client", "worker").filter(pk=proposal_id).first()
    if proposal is None or not (
        actor.is_staff or actor.is_member(proposal.worker_id) or actor.is_member(proposal.job.client_id)
    ):
        raise NotVisible
    return proposal


def of_job_page(actor: Actor, job: Job, *, after: str = "", limit: int = 20) -> Page[Proposal]:
    """What came in for a job of the actor's own, the newest first, withdrawn ones left out."""
    if not (actor.is_staff or actor.is_member(job.client_id)):
        raise NotVisible
    proposals = Proposal.objects.filter(job=job).exclude(status=Proposal.Status.WITHDRAWN).select_related("worker")
    return page_of(proposals, order=NEWEST, after=after, limit=limit)


def mine_page(actor: Actor, *, status: str = "", after: str = "", limit: int = 20) -> Page[Proposal]:
    """What the member sent, the newest first, with job and client."""
    proposals = Proposal.objects.filter(worker_id=actor.id).select_related("job__client")
    if status:
        proposals = proposals.filter(status=status)
    return page_of(proposals, order=NEWEST, after=after, limit=limit)


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
    found = (
        Proposal.objects.filter(job_id__in=list(job_ids))
        .exclude(status=Proposal.Status.WITHDRAWN)
        .values("job_id")
        .annotate(count=Count("pk"))
    )
    return {row["job_id"]: row["count"] for row in found}


def templates_of(actor: Actor) -> list[ProposalTemplate]:
    """The member's own templates by name."""
    return list(ProposalTemplate.objects.filter(member_id=actor.id or 0).order_by("name"))


def template_for(actor: Actor, template_id: int) -> ProposalTemplate:
    """A template of the member's own."""
    template = ProposalTemplate.objects.filter(pk=template_id, member_id=actor.id or 0).first()
    if template is None or actor.kind != "member":
        raise NotVisible
    return template
