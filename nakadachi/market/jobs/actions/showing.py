"""The posting of a task: shown and taken down by its task, which decides who may and when."""

from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.market.jobs.lifecycle import JOB
from nakadachi.market.jobs.locking import locked
from nakadachi.market.jobs.models import Job


@transaction.atomic
def show(*, job: Job, by: Actor, at: datetime) -> Job:
    """Publish the posting of a task that opens now."""
    job = locked(job.pk)
    assert not job.by_proposal, "what takes proposals is published by its client"
    return move(job, JOB, "open", by=by, at=at, opened_at=at)


@transaction.atomic
def take_down(*, job: Job, by: Actor, at: datetime) -> Job:
    """The task takes no more answers: whatever state the posting is in, it is not open and no draft afterwards."""
    job = locked(job.pk)
    assert not job.by_proposal, "what takes proposals is closed by its client"
    columns: dict[str, Any] = {"closed_at": at}
    if job.is_open:
        return move(job, JOB, "expire" if by.is_system else "close", by=by, at=at, **columns)
    return move(job, JOB, "discard", by=by, at=at, **columns) if job.is_draft else job
