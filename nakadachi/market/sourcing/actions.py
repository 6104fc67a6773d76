"""The verbs of proposals: send, withdraw, decline; what the contract above does with them; and templates."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.jobs import policy as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import policy
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.lifecycle import LIVING, PROPOSAL
from nakadachi.market.sourcing.models import Proposal, ProposalTemplate
from nakadachi.people.models import Member


@transaction.atomic
def send(*, job: Job, worker: Member, draft: ProposalDraft, request_key: UUID, by: Actor, at: datetime) -> Proposal:
    """Propose. The same form again gives the proposal it made the first time."""
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
    require(policy.draft_refusal(draft, jst_date(at)))
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                job=job, worker=worker, sent_at=at, request_key=request_key, **asdict(draft)
            )
    except IntegrityError:
        raise Refused(policy.ALREADY_PROPOSED) from None
    record("proposal.send", proposal, by=by, at=at, job_id=job.pk, amount_yen=proposal.amount_yen)
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The worker takes it back."""
    proposal = locked(proposal.pk)
    require(policy.can_withdraw(by, proposal))
    return move(proposal, PROPOSAL, "withdraw", by=by, at=at, closed_at=at)


@transaction.atomic
def decline(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The client chooses otherwise."""
    proposal = locked(proposal.pk)
    require(policy.can_decline(by, proposal))
    return move(proposal, PROPOSAL, "decline", by=by, at=at, closed_at=at)


@transaction.atomic
def choose(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """The client offers a contract for it; the caller has checked who and whether."""
    return move(proposal, PROPOSAL, "choose", by=by, at=at)


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
    proposals = list(waiting)
    for proposal in proposals:
        move(proposal, PROPOSAL, "pass_over", by=SYSTEM, at=at, closed_at=at)
    return len(proposals)


def locked(proposal_id: int) -> Proposal:
    """The proposal as it is now, with its job, held until the end of the transaction."""
    return Proposal.objects.select_related("job").select_for_update(of=("self",)).get(pk=proposal_id)


@transaction.atomic
def keep_template(
    *, member: Member, name: str, introduction: str, track_record: str, by: Actor, at: datetime
) -> ProposalTemplate:
    """Keep the first two parts under a name; the same name again replaces what it held."""
    require(None if by.is_member(member.pk) else policy.NOT_YOURS)
    name, introduction, track_record = tidy_line(name), tidy_text(introduction), tidy_text(track_record)
    require(policy.template_refusal(name, introduction, track_record))
    Member.objects.select_for_update().get(pk=member.pk)
    kept = ProposalTemplate.objects.filter(member=member)
    if not kept.filter(name=name).exists() and kept.count() >= policy.TEMPLATES_MAX:
        raise Refused(policy.TOO_MANY_TEMPLATES.with_params(count=policy.TEMPLATES_MAX))
    texts = {"introduction": introduction, "track_record": track_record}
    template, _is_new = ProposalTemplate.objects.update_or_create(member=member, name=name, defaults=texts)
    record("proposaltemplate.keep", template, by=by, at=at)
    return template


@transaction.atomic
def remove_template(*, template: ProposalTemplate, by: Actor, at: datetime) -> None:
    """Forget a template."""
    require(None if by.is_member(template.member_id) else policy.NOT_YOURS)
    record("proposaltemplate.remove", template, by=by, at=at)
    template.delete()
