"""The versions of a published posting: each text at an address of its own, with what came after it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nakadachi.closing.gone import refuse_strangers
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.jobs import queries
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import Job
from nakadachi.web.pages.jobs.cards import span
from nakadachi.web.pages.jobs.differences import Difference, of_jobs


@dataclass(frozen=True)
class Stand:
    """One text and the time for which it stood (until now, when `until` is empty)."""

    number: int
    href: str
    since: datetime | None
    until: datetime | None


@require_safe
def version(request: HttpRequest, job_id: int, number: int) -> HttpResponse:
    """A text as it was published once. The newest is the posting itself."""
    actor = Actor.member(request.user.pk) if request.user.is_authenticated else None
    job = queries.job_for(actor, job_id)
    refuse_strangers(actor, job.client, job.pk)
    if job.is_draft or not 1 <= number <= job.version:
        raise NotVisible
    if number == job.version and job.version == 1:
        return redirect("jobs:detail", job.pk)
    stands = stands_of(job)
    shown = queries.contents_at(job, number)
    context = {
        "job": job,
        "shown": shown,
        "budget": span(shown.budget_min_yen, shown.budget_max_yen, shown.format),
        "stand": next(stand for stand in stands if stand.number == number),
        "stands": list(reversed(stands)),
        "differences": differences_since(job, number - 1, until=number) if number > 1 else [],
    }
    return render(request, "jobs/version.html", context)


def stands_of(job: Job) -> list[Stand]:
    """Every text of a posting, the oldest first."""
    older = [
        Stand(row.number, _address(job, row.number), row.published_at, row.replaced_at)
        for row in queries.versions_of(job)
    ]
    return [*older, Stand(job.version, _address(job, job.version), job.stands_since, None)]


def differences_since(job: Job, number: int, *, until: int | None = None) -> list[Difference]:
    """What changed in a posting since one of its versions."""
    after = JobDraft.of(job) if until is None else queries.contents_at(job, until)
    return of_jobs(queries.contents_at(job, number), after)


def _address(job: Job, number: int) -> str:
    return reverse("jobs:version", args=[job.pk, number])
