"""What the client does with proposals: put some aside to compare, decline with a reason, think again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move, move_all
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.jobs import places
from nakadachi.market.jobs.locking import locked as locked_job
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import policy
from nakadachi.market.sourcing.actions.overtaking import overtake_counters
from nakadachi.market.sourcing.lifecycle import LIVING, PROPOSAL
from nakadachi.market.sourcing.locking import locked
from nakadachi.market.sourcing.models import Proposal

THIS_TIME = Proposal.Reason.THIS_TIME.value


@transaction.atomic
def decline(*, proposal: Proposal, reason: str = THIS_TIME, note: str = "", by: Actor, at: datetime) -> Proposal:
    """The client chooses otherwise, and says why in a word; the worker reads it."""
    proposal = locked(proposal.pk)
    require(policy.can_decline(by, proposal))
    note = tidy_text(note)
    require(policy.decline_refusal(reason, note))
    overtake_counters(proposal, at=at)
    columns = {"closed_at": at, "decline_reason": reason, "decline_note": note}
    return move(proposal, PROPOSAL, "decline", by=by, at=at, event={"reason": reason}, **columns)


@transaction.atomic
def decline_rest(*, job: Job, reason: str, note: str = "", by: Actor, at: datetime) -> int:
    """Decline every proposal of a job that still waits, with one reason and one sentence. Returns how many."""
    job = locked_job(job.pk)
    require(policy.can_decline_rest(by, job))
    note = tidy_text(note)
    require(policy.decline_refusal(reason, note))
    waiting = Proposal.objects.select_for_update().filter(job=job, status=Proposal.Status.SENT).order_by("pk")
    proposals = list(waiting.only("pk"))
    overtake_counters(*proposals, at=at)
    ids = [proposal.pk for proposal in proposals]
    columns = {"closed_at": at, "decline_reason": reason, "decline_note": note}
    moved = move_all(Proposal, ids, PROPOSAL, "decline", by=by, at=at, event={"reason": reason}, **columns)
    return len(moved)


@transaction.atomic
def reconsider(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """Take a declined proposal back among those that wait, unless its worker has proposed anew since."""
    job = locked_job(proposal.job_id)
    proposal = locked(proposal.pk)
    require(policy.can_reconsider(by, proposal, places.taken(job.pk)))
    if Proposal.objects.filter(job=job, worker=proposal.worker_id, status__in=LIVING).exists():
        raise Refused(policy.PROPOSED_ANEW)
    columns: dict[str, Any] = {"closed_at": None, "back_at": at, "decline_reason": "", "decline_note": ""}
    return move(proposal, PROPOSAL, "reconsider", by=by, at=at, **columns)


@transaction.atomic
def keep(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """Put a proposal on the client's own short list. Nobody else sees it."""
    proposal = locked(proposal.pk)
    require(policy.is_client(by, proposal))
    if proposal.kept_at is None:
        proposal.kept_at = at
        proposal.save(update_fields=["kept_at"])
        record("proposal.keep", proposal, by=by, at=at)
    return proposal


@transaction.atomic
def unkeep(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """Take it off the short list again."""
    proposal = locked(proposal.pk)
    require(policy.is_client(by, proposal))
    if proposal.kept_at is not None:
        proposal.kept_at = None
        proposal.save(update_fields=["kept_at"])
        record("proposal.unkeep", proposal, by=by, at=at)
    return proposal
