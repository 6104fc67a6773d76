"""What the worker does with a proposal: send, change, leave as it is, take back."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.files.actions import store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.moves import move, move_all
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.jobs import policy as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import policy
from nakadachi.market.sourcing.actions.overtaking import overtake_counters, rewrite
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.lifecycle import LIVING, PROPOSAL
from nakadachi.market.sourcing.locking import locked
from nakadachi.market.sourcing.models import Proposal
from nakadachi.people.models import Member

AT_ONCE = 1000
"""Proposals taken back in one transaction."""


@transaction.atomic
def send(
    *,
    job: Job,
    worker: Member,
    draft: ProposalDraft,
    files: Sequence[Incoming] = (),
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Proposal:
    """Propose, with samples or an estimate as files. The same form again gives the proposal it made the first time."""
    require(None if by.is_member(worker.pk) else policy.NOT_YOURS)
    job = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    known = Proposal.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if (known.worker_id, known.job_id) == (worker.pk, job.pk) else jobs.KEY_REUSED)
        return known
    require(policy.can_propose(by, job, at))
    if Proposal.objects.filter(job=job, worker=worker, status__in=LIVING).exists():
        raise Refused(policy.ALREADY_PROPOSED)
    draft = draft.tidied()
    require(policy.draft_refusal(draft, job.format, jst_date(at)))
    columns = {**asdict(draft), "job_version": job.version}
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(job=job, worker=worker, sent_at=at, request_key=request_key, **columns)
    except IntegrityError:
        raise Refused(policy.ALREADY_PROPOSED) from None
    store(files, owner=proposal, by=by, at=at)
    record("proposal.send", proposal, by=by, at=at, job_id=job.pk, amount_yen=proposal.amount_yen)
    return proposal


@transaction.atomic
def revise(
    *,
    proposal: Proposal,
    draft: ProposalDraft,
    files: Sequence[Incoming] = (),
    request_key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Proposal:
    """Say something else instead, while the client has not answered; what was said before stays readable.

    Further files are added to those that are there. A counter-proposal that waits no longer fits and is overtaken.
    Without a difference it only stands by the job. The same form again changes nothing.
    """
    proposal = locked(proposal.pk)
    require(policy.can_revise(by, proposal))
    if request_key is not None and request_key == proposal.revise_key:
        return proposal
    draft = draft.tidied()
    require(policy.draft_refusal(draft, proposal.job.format, jst_date(at)))
    if draft == ProposalDraft.of(proposal) and not files:
        return stand_by(proposal=proposal, by=by, at=at) if proposal.job_version != proposal.job.version else proposal
    overtake_counters(proposal, at=at)
    proposal.revise_key = request_key
    changes = rewrite(proposal, draft, at=at)
    stored = store(files, owner=proposal, by=by, at=at)
    more = {"files_added": len(stored)} if stored else {}
    record("proposal.revise", proposal, by=by, at=at, version=proposal.version, changes=changes, **more)
    return proposal


@transaction.atomic
def stand_by(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The job's text has changed, and the proposal holds for the new one as it is."""
    proposal = locked(proposal.pk)
    require(policy.can_revise(by, proposal))
    if proposal.job_version == proposal.job.version:
        return proposal
    proposal.job_version = proposal.job.version
    proposal.save(update_fields=["job_version"])
    record("proposal.stand_by", proposal, by=by, at=at, job_version=proposal.job_version)
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The worker takes it back."""
    proposal = locked(proposal.pk)
    require(policy.can_withdraw(by, proposal))
    overtake_counters(proposal, at=at)
    return move(proposal, PROPOSAL, "withdraw", by=by, at=at, closed_at=at)


def withdraw_all(*, worker: Member, proposal_ids: Sequence[int], by: Actor, at: datetime) -> int:
    """Take back many of one's proposals that wait, in as many transactions as it takes; answers how many."""
    require(None if by.is_member(worker.pk) else policy.NOT_YOURS)
    ids = sorted(proposal_ids)
    return sum(_withdraw_part(worker, ids[start : start + AT_ONCE], at) for start in range(0, len(ids), AT_ONCE))


@transaction.atomic
def _withdraw_part(worker: Member, ids: Sequence[int], at: datetime) -> int:
    waiting = Proposal.objects.select_for_update(of=("self",)).order_by("pk")
    found = list(waiting.filter(pk__in=ids, worker=worker, status=Proposal.Status.SENT).only("pk"))
    overtake_counters(*found, at=at)
    moved = [one.pk for one in found]
    return len(move_all(Proposal, moved, PROPOSAL, "withdraw", by=Actor.member(worker.pk), at=at, closed_at=at))
