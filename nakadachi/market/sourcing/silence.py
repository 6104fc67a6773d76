"""The client's silence: so long after the closing of a job, what still waits is passed over by itself."""

from datetime import datetime, timedelta

from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook


def waits() -> timedelta:
    """How long a proposal waits for an answer, at the longest."""
    return timedelta(days=rulebook.current().timers.proposal_answer_days)


def runs_out_at(proposal: Proposal, job: Job) -> datetime | None:
    """When it is passed over if the client stays silent; None while the job is open, or nothing waits."""
    if proposal.status != Proposal.Status.SENT or job.closed_at is None:
        return None
    return max(job.closed_at, proposal.back_at or proposal.sent_at) + waits()
