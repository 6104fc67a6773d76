"""A draft: written, changed, published, thrown away."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.files.actions import not_there, store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import require
from nakadachi.market.jobs import policy
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.lifecycle import JOB
from nakadachi.market.jobs.locking import locked
from nakadachi.market.jobs.models import Job
from nakadachi.people.models import Member


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
    """Put new contents into a draft; its way of working stays, and further files are added to those that are there."""
    job = locked(job.pk)
    require(policy.can_edit(by, job))
    draft = replace(draft.tidied(), format=job.format)
    require(policy.draft_refusal(draft, jst_date(at)))
    columns = asdict(draft)
    for column, value in columns.items():
        setattr(job, column, value)
    job.save(update_fields=list(columns))
    store(not_there(files, owner=job), owner=job, by=by, at=at)
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
