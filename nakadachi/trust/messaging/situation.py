"""What a thread stands on at the moment: the posting, a proposal, a contract, or what is left after them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from nakadachi.market.contracts.models import Contract
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook

Stage = Literal["question", "proposal", "contract", "over"]


@dataclass(frozen=True)
class Situation:
    """`ended_at` is the end of the last thing the two had to do with each other; None while something goes on."""

    stage: Stage
    has_worked: bool
    has_met: bool
    ended_at: datetime | None

    @property
    def open_until(self) -> datetime | None:
        """Until when one may still write; None: no end is in sight."""
        return self.ended_at + timedelta(days=rulebook.current().talk.open_days) if self.ended_at else None

    @property
    def is_running(self) -> bool:
        """True while there is an offer or a contract: then both can always write."""
        return self.stage == "contract"

    def is_open(self, at: datetime) -> bool:
        """True while one may write."""
        return self.open_until is None or at < self.open_until


def situation_of(job: Job, worker_id: int) -> Situation:
    """Between the client of a job and a worker, in two queries."""
    contracts = list(Contract.objects.filter(job=job, worker=worker_id).values_list("agreed_at", "closed_at"))
    proposals = list(Proposal.objects.filter(job=job, worker=worker_id).values_list("status", "closed_at"))
    has_worked = any(agreed_at is not None for agreed_at, _ in contracts)
    has_met = bool(contracts) or any(status != Proposal.Status.WITHDRAWN for status, _ in proposals)
    if any(closed_at is None for _, closed_at in contracts):
        return Situation("contract", has_worked, True, None)
    if any(status == Proposal.Status.SENT for status, _ in proposals):
        return Situation("proposal", has_worked, True, None)
    if job.is_open:
        return Situation("question", has_worked, has_met, None)
    ends = [closed_at for _, closed_at in [*contracts, *proposals] if closed_at is not None]
    return Situation("over", has_worked, has_met, max([*ends, job.closed_at or job.created_at]))
