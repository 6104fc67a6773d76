"""Changing what is published already: the old text stays readable as a version."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.files.actions import not_there, store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import require
from nakadachi.market.jobs import places, policy, versions
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.locking import locked
from nakadachi.market.jobs.models import Job

TEXTS = frozenset({"description", "requirements"})
"""Too long for an event; their versions hold them."""


@transaction.atomic
def edit(*, job: Job, draft: JobDraft, files: Sequence[Incoming] = (), by: Actor, at: datetime) -> Job:
    """Replace the contents of an open job and keep the old ones as a version. Without a difference nothing happens: the
    same form again changes nothing.

    Places already taken cannot be taken away, the way of working stays, and a draft is changed without leaving a trace.
    """
    job = locked(job.pk)
    require(policy.can_edit_open(by, job))
    draft = replace(draft.tidied(), format=job.format)
    require(policy.edit_refusal(draft, places.taken(job.pk), jst_date(at)))
    before, files = JobDraft.of(job), not_there(files, owner=job)
    if draft == before and not files:
        return job
    columns = {**asdict(draft), **versions.keep(job, at=at)}
    for column, value in columns.items():
        setattr(job, column, value)
    job.save(update_fields=list(columns))
    store(files, owner=job, by=by, at=at)
    record("job.edit", job, by=by, at=at, version=job.version, changes=_changes(before, draft))
    return job


def _changes(before: JobDraft, after: JobDraft) -> dict[str, list[Any]]:
    """Before and after of what differs; of long texts only that they do."""
    old, new = before.as_json(), after.as_json()
    return {
        name: [f"({len(old[name])})", f"({len(new[name])})"] if name in TEXTS else [old[name], new[name]]
        for name in old
        if old[name] != new[name]
    }
