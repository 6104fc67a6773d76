"""Who may do a task: anybody, members with a confirmed identity, with enough approved answers, or certified ones."""

from dataclasses import dataclass

from nakadachi.kernel.money import BPS_WHOLE
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.tasks import refusals as no
from nakadachi.market.tasks.models import Task
from nakadachi.people.standing.models import Standing
from nakadachi.people.standing.queries import standing_of


@dataclass(frozen=True)
class Record:
    """How a worker's answers were judged so far."""

    approved: int
    rejected: int

    @property
    def rate_bps(self) -> int | None:
        """The share that was approved; None when nothing was judged yet."""
        judged = self.approved + self.rejected
        return self.approved * BPS_WHOLE // judged if judged else None


def has_conditions(task: Task) -> bool:
    """False when anybody may do it."""
    return task.verified_only or task.certified_only or task.approval_bps_min is not None


def refusal_for(task: Task, worker_id: int, record: Record | None) -> Refusal | None:
    """What the worker lacks. `record` is asked for only by tasks with a share."""
    if task.verified_only or task.certified_only:
        standing = standing_of(worker_id)
        if task.verified_only and standing.identity != Standing.Check.CONFIRMED:
            return no.VERIFIED_ONLY
        if task.certified_only and standing.certified_at is None:
            return no.CERTIFIED_ONLY
    return None if task.approval_bps_min is None else _rate_refusal(task.approval_bps_min, record)


def _rate_refusal(wanted_bps: int, record: Record | None) -> Refusal | None:
    rate_bps = record.rate_bps if record else None
    if rate_bps is None:
        return no.RATE_UNKNOWN
    if rate_bps >= wanted_bps:
        return None
    return no.RATE_TOO_LOW.with_params(wanted=wanted_bps // 100, own=rate_bps // 100)
