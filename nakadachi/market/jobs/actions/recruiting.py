"""Closing a job to proposals and opening it again; what the clock closes, and what is filled."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_line
from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import end_of_day, jst_date
from nakadachi.kernel.refusal import require
from nakadachi.market.jobs import places, policy, versions
from nakadachi.market.jobs.lifecycle import JOB
from nakadachi.market.jobs.locking import locked
from nakadachi.market.jobs.models import Job


@transaction.atomic
def close(*, job: Job, reason: str = "", by: Actor, at: datetime) -> Job:
    """Take no more proposals. Those that are there stay, and may still be chosen."""
    job = locked(job.pk)
    require(policy.can_close(by, job))
    reason = tidy_line(reason)
    require(policy.close_reason_refusal(reason))
    event = {"reason": reason} if reason else {}
    return move(job, JOB, "close", by=by, at=at, event=event, closed_at=at, close_reason=reason)


@transaction.atomic
def reopen(
    *,
    job: Job,
    closes_on: date,
    delivery_on: date | None = None,
    starts_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Take proposals again, while a place is left. With other dates the text that stood is kept as a version."""
    job = locked(job.pk)
    require(policy.can_reopen(by, job, places.taken(job.pk)))
    day = starts_on if job.is_lasting else delivery_on
    require(policy.dates_refusal(closes_on, day, jst_date(at), is_lasting=job.is_lasting))
    columns: dict[str, Any] = {"closed_at": None, "close_reason": ""}
    dates = {"closes_on": closes_on, "starts_on" if job.is_lasting else "delivery_on": day}
    before = {name: getattr(job, name) for name in dates}
    if before != dates:
        columns |= {**dates, **versions.keep(job, at=at)}
    changes = {name: [str(before[name] or ""), str(dates[name] or "")] for name in dates if before[name] != dates[name]}
    return move(job, JOB, "reopen", by=by, at=at, event={"changes": changes}, **columns)


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


def _over(at: datetime, limit: int) -> Iterable[Due]:
    rows = Job.objects.filter(status=Job.Status.OPEN, closes_on__lt=jst_date(at)).order_by("closes_on", "pk")
    return [(end_of_day(closes_on), pk) for closes_on, pk in rows.values_list("closes_on", "pk")[:limit]]


TIMERS = (Timer("jobs closed", _over, lambda job_id, at: expire(job_id=job_id, at=at)),)
