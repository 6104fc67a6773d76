"""The member's own postings, with every version that was published."""

from collections.abc import Iterator
from typing import Any

from nakadachi.closing.export.gathering.files import ids_by_owner
from nakadachi.closing.export.shapes import ABOVE, FILES, INSIDE, KEY, Me, Shape, chunks, list_of, under
from nakadachi.market.jobs.models import Job, JobVersion

VERSION = Shape(JobVersion, ("number", "contents", "published_at", "replaced_at"), without={"id": INSIDE, "job": ABOVE})
JOB = Shape(
    Job,
    (
        "id", "format", "category", "title", "description", "requirements", "budget_min_yen", "budget_max_yen",
        "closes_on", "delivery_on", "starts_on", "hours_per_week", "month_scope", "hires_max", "no_experience_ok",
        "beginner_welcome", "continuing", "char_rate_sen", "status", "created_at", "opened_at", "closed_at",
        "close_reason", "version", "edited_at",
    ),
    without={"client": "the member", "request_key": KEY},
    more={"earlier_versions": list_of(VERSION.schema), "files": FILES},
)  # fmt: skip


def gather(me: Me) -> Iterator[dict[str, Any]]:
    """The oldest first, drafts included."""
    for some in chunks(Job.objects.filter(client=me.id).order_by("pk")):
        ids = [job.pk for job in some]
        versions = under(JobVersion.objects.filter(job__in=ids).order_by("number"), "job_id")
        files = ids_by_owner(me.id, Job, ids)
        for job in some:
            yield JOB.row(
                job,
                me,
                earlier_versions=[VERSION.row(one, me) for one in versions.get(job.pk, [])],
                files=files.get(job.pk, []),
            )
