"""The verbs of jobs: write, change, publish, close; and what the clock closes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.files.actions import store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.jobs import policy
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.lifecycle import JOB
from nakadachi.market.jobs.models import Job
from nakadachi.people.models import Member

SWEEP_AT_ONCE = 500


@transaction.atomic
def write(
    *,
    client: Member,
    draft: JobDraft,
    files: Sequence[Incoming] = (),
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep a new draft. The same form again gives the draft it made the first time."""
    require(None if by.is_member(client.pk) else policy.NOT_YOURS)
    Member.objects.select_for_update(no_key=True).get(pk=client.pk)
    known = Job.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.client_id == client.pk else policy.KEY_REUSED)
        return known
    draft = draft.tidied()
    require(policy.draft_refusal(draft, jst_date(at)))
    job = Job.objects.create(client=client, created_at=at, request_key=request_key, **asdict(draft))
    store(files, owner=job, by=by, at=at)
    record("job.write", job, by=by, at=at)
    return job


@transaction.atomic
def change(*, job: Job, draft: JobDraft, files: Sequence[Incoming] = (), by: Actor, at: datetime) -> Job:
    """Put new contents into a draft; further files are added to those that are there."""
    job = locked(job.pk)
    require(policy.can_edit(by, job))
    draft = draft.tidied()
    require(policy.draft_refusal(draft, jst_date(at)))
    columns = asdict(draft)
    for column, value in columns.items():
        setattr(job, column, value)
    job.save(update_fields=list(columns))
    store(files, owner=job, by=by, at=at)
    record("job.change", job, by=by, at=at)
    return job


@transaction.atomic
def publish(*, job: Job, by: Actor, at: datetime) -> Job:
    """Open a draft for proposals."""
    job = locked(job.pk)
    require(policy.can_publish(by, job, at))
    return move(job, JOB, "open", by=by, at=at, opened_at=at)


@transaction.atomic
def discard(*, job: Job, by: Actor, at: datetime) -> Job:
    """Throw a draft away."""
    job = locked(job.pk)
    require(policy.can_edit(by, job))
    return move(job, JOB, "discard", by=by, at=at, closed_at=at)


@transaction.atomic
def close(*, job: Job, by: Actor, at: datetime) -> Job:
    """Take no more proposals. Those that are there stay, and may still be chosen."""
    job = locked(job.pk)
    require(policy.can_close(by, job))
    return move(job, JOB, "close", by=by, at=at, closed_at=at)


@transaction.atomic
def fill(*, job: Job, at: datetime) -> Job:
    """As many have been hired as were wanted. Does nothing to a job that is closed already."""
    job = locked(job.pk)
    if JOB.allows(job.status, "fill"):
        move(job, JOB, "fill", by=SYSTEM, at=at, closed_at=at)
    return job


@transaction.atomic
def expire(*, job_id: int, at: datetime) -> bool:
    """Close one job whose closing day is over."""
    job = locked(job_id)
    if not job.is_open or at < policy.closes_at(job):
        return False
    move(job, JOB, "expire", by=SYSTEM, at=at, closed_at=at)
    return True


def sweep(*, at: datetime) -> int:
    """Close every open job whose closing day is over; returns how many."""
    over = Job.objects.filter(status=Job.Status.OPEN, closes_on__lt=jst_date(at)).order_by("closes_on", "pk")
    done = 0
    for job_id in over.values_list("pk", flat=True)[:SWEEP_AT_ONCE]:
        try:
            done += expire(job_id=job_id, at=at)
        except Refused:
            continue
    return done


def locked(job_id: int) -> Job:
    """The job as it is now, held until the end of the transaction."""
    return Job.objects.select_for_update().get(pk=job_id)
