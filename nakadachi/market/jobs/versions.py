"""Keeping a published text before another replaces it."""

from datetime import datetime
from typing import Any

from nakadachi.market.jobs import queries
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import Job, JobVersion


def keep(job: Job, *, at: datetime) -> dict[str, Any]:
    """Keep the contents of a locked, published job as a version; the columns that the next one begins with."""
    assert job.stands_since is not None
    JobVersion.objects.create(
        job=job,
        number=job.version,
        contents={**JobDraft.of(job).as_json(), "files": [kept.name for kept in queries.files_of(job)]},
        published_at=job.stands_since,
        replaced_at=at,
    )
    return {"version": job.version + 1, "edited_at": at}
