"""Reads of jobs. A draft is seen by its client; what was published is seen by everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from nakadachi.infra.files import queries as file_queries
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.paging import Page, page_of
from nakadachi.infra.prepared import Among, Param, Prepared
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import Job, JobVersion
from nakadachi.money import rulebook
from nakadachi.money.rulebook import Quote
from nakadachi.people.standing.models import Standing

OWN = ("-id",)


@dataclass(frozen=True)
class BudgetQuotes:
    """What both ends of a budget mean for both sides."""

    low: Quote
    high: Quote

    @property
    def is_range(self) -> bool:
        """False when both ends are the same amount."""
        return self.low.amount_yen < self.high.amount_yen


def quotes_for(job: Job, on: date) -> BudgetQuotes:
    """Both ends of the budget, priced under the rules of a day."""
    low, high = (
        rulebook.quote(format=job.format, amount_yen=amount_yen, on=on)
        for amount_yen in (job.budget_min_yen, job.budget_max_yen)
    )
    return BudgetQuotes(low, high)


def job_for(actor: Actor | None, job_id: int) -> Job:
    """A published job, or the actor's own; nobody has to be logged in for the former."""
    job = _ONE.first(id=job_id)
    if job is None or not _may_see(actor, job):
        raise NotVisible
    return job


def own_job_for(actor: Actor, job_id: int) -> Job:
    """A job of the actor's own."""
    job = job_for(actor, job_id)
    if not actor.is_member(job.client_id):
        raise NotVisible
    return job


def _may_see(actor: Actor | None, job: Job) -> bool:
    if job.opened_at is not None:
        return True
    return actor is not None and (actor.is_member(job.client_id) or actor.is_staff)


def open_jobs() -> QuerySet[Job]:
    """Everything that takes proposals, with its client. The jobs of clients who may begin nothing rest meanwhile."""
    resting = Standing.objects.filter(member=OuterRef("client")).exclude(suspended_at=None, leaving_at=None)
    return Job.objects.filter(~Exists(resting), status=Job.Status.OPEN).select_related("client")


def open_jobs_of(ids: Sequence[int]) -> list[Job]:
    """Those of several jobs that are open, in any order."""
    return _OPEN(ids=list(ids)) if ids else []


_OPEN = Prepared(lambda: open_jobs().filter(Among(F("pk"), Param("ids"))))
_ONE = Prepared(lambda: Job.objects.select_related("client__standing").filter(pk=Param("id")))


def my_page(actor: Actor, *, status: str = "", after: str = "", limit: int = 20) -> Page[Job]:
    """The member's own jobs, the newest first; thrown-away drafts are left out."""
    jobs = Job.objects.filter(client_id=actor.id).exclude(status=Job.Status.DROPPED)
    if status:
        jobs = jobs.filter(status=status)
    return page_of(jobs, order=OWN, after=after, limit=limit)


def files_of(job: Job) -> list[StoredFile]:
    """What the client put beside the text: manuals, samples."""
    return file_queries.of_owners(Job._meta.label_lower, [job.pk])[job.pk]


def versions_of(job: Job) -> list[JobVersion]:
    """The published texts that others replaced, the oldest first. Who may see the job may read them."""
    return list(JobVersion.objects.filter(job=job).order_by("number"))


def contents_at(job: Job, number: int) -> JobDraft:
    """What a published job said in one of its versions; the newest is what it says now."""
    if number == job.version and not job.is_draft:
        return JobDraft.of(job)
    version = JobVersion.objects.filter(job=job, number=number).first()
    if version is None:
        raise NotVisible
    return JobDraft.of_json(version.contents)
