"""What the contract above does with a proposal. Its callers have locked the job and decided who may."""

from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.moves import move, move_all
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.actions.overtaking import overtake_counters
from nakadachi.market.sourcing.lifecycle import PROPOSAL
from nakadachi.market.sourcing.models import Proposal


@transaction.atomic
def choose(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The client offers a contract for it; the caller has checked who and whether."""
    overtake_counters(proposal, at=at)
    return move(proposal, PROPOSAL, "choose", by=by, at=at)


@transaction.atomic
def release(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The client takes the offer back: the proposal waits as before."""
    return move(proposal, PROPOSAL, "release", by=by, at=at, back_at=at)


@transaction.atomic
def answer(*, proposal: Proposal, move_name: str, by: Actor, at: datetime) -> Proposal:
    """The offer was accepted (`accept`), turned down (`turn_down`), or its time is over (`lapse`)."""
    assert move_name in {"accept", "turn_down", "lapse"}
    closed_at = None if move_name == "accept" else at
    return move(proposal, PROPOSAL, move_name, by=by, at=at, closed_at=closed_at)


@transaction.atomic
def pass_over(*, job: Job, at: datetime) -> int:
    """The job has hired all it wanted: proposals that still wait end here. Returns how many."""
    waiting = Proposal.objects.select_for_update().filter(job=job, status=Proposal.Status.SENT).order_by("pk")
    proposals = list(waiting.only("pk"))
    overtake_counters(*proposals, at=at)
    ids = [proposal.pk for proposal in proposals]
    columns: dict[str, Any] = {"closed_at": at, "decline_reason": Proposal.Reason.FILLED.value}
    return len(move_all(Proposal, ids, PROPOSAL, "pass_over", by=SYSTEM, at=at, **columns))
