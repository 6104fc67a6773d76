"""A client who says nothing has chosen otherwise, some time after the closing: no proposal waits for ever."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce, Greatest

from nakadachi.infra.moves import move
from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import silence
from nakadachi.market.sourcing.actions.overtaking import overtake_counters
from nakadachi.market.sourcing.lifecycle import PROPOSAL
from nakadachi.market.sourcing.locking import locked
from nakadachi.market.sourcing.models import Proposal


@transaction.atomic
def run_out(*, proposal_id: int, at: datetime) -> bool:
    """Pass one over that was not answered. False when its time is not over. The client can still think again."""
    job = jobs.locked(Proposal.objects.values_list("job_id", flat=True).get(pk=proposal_id))
    proposal = locked(proposal_id)
    runs_out_at = silence.runs_out_at(proposal, job)
    if runs_out_at is None or at < runs_out_at:
        return False
    overtake_counters(proposal, at=at)
    move(proposal, PROPOSAL, "run_out", by=SYSTEM, at=at, closed_at=at, decline_reason=Proposal.Reason.SILENT.value)
    return True


def _unanswered(at: datetime, limit: int) -> Iterable[Due]:
    waiting = Proposal.objects.filter(status=Proposal.Status.SENT, job__status=Job.Status.CLOSED)
    since = Greatest("job__closed_at", Coalesce("back_at", "sent_at"))
    due = waiting.annotate(since=since).filter(since__lte=at - silence.waits()).order_by("since", "pk")
    return [(moment + silence.waits(), pk) for moment, pk in due.values_list("since", "pk")[:limit]]


TIMERS = (Timer("proposals not answered", _unanswered, lambda pk, at: run_out(proposal_id=pk, at=at)),)
