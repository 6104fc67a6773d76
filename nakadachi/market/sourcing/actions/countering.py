"""Price and day, back and forth before any contract: each side may suggest, the other answers the latest."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.market.jobs.policy import KEY_REUSED
from nakadachi.market.sourcing import policy
from nakadachi.market.sourcing.actions.overtaking import overtake_counters, rewrite
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.lifecycle import COUNTER
from nakadachi.market.sourcing.locking import locked, locked_counter
from nakadachi.market.sourcing.models import Counter, Proposal


@transaction.atomic
def counter(
    *,
    proposal: Proposal,
    amount_yen: Yen,
    deliver_on: date,
    note: str = "",
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Counter:
    """Suggest another amount or day. It takes the place of the one that waits, whoever made that."""
    proposal = locked(proposal.pk)
    known = Counter.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if (known.proposal_id, known.proposed_by_id) == (proposal.pk, by.id) else KEY_REUSED)
        return known
    made = Counter.objects.filter(proposal=proposal).count()
    require(policy.can_counter(by, proposal, made))
    assert by.id is not None
    note = tidy_text(note)
    require(policy.counter_refusal(proposal, amount_yen, deliver_on, note, jst_date(at)))
    overtake_counters(proposal, at=at)
    made_now = Counter.objects.create(
        proposal=proposal,
        proposed_by_id=by.id,
        amount_yen=amount_yen,
        deliver_on=deliver_on,
        note=note,
        proposed_at=at,
        request_key=request_key,
    )
    event = {"proposal_id": proposal.pk, "amount_yen": amount_yen, "deliver_on": deliver_on.isoformat()}
    record("counter.propose", made_now, by=by, at=at, **event)
    return made_now


@transaction.atomic
def accept_counter(*, counter: Counter, by: Actor, at: datetime) -> Counter:
    """Agree: the proposal now says this amount and this day. Nobody is bound before the contract."""
    counter = locked_counter(counter.pk)
    require(policy.can_accept_counter(by, counter, jst_date(at)))
    proposal = counter.proposal
    draft = replace(ProposalDraft.of(proposal), amount_yen=counter.amount_yen, deliver_on=counter.deliver_on)
    move(counter, COUNTER, "accept", by=by, at=at, answered_at=at)
    changes = rewrite(proposal, draft, at=at, job_version=proposal.job_version)
    record("proposal.agree", proposal, by=by, at=at, version=proposal.version, counter_id=counter.pk, changes=changes)
    return counter


@transaction.atomic
def decline_counter(*, counter: Counter, by: Actor, at: datetime) -> Counter:
    """Keep to what the proposal says."""
    counter = locked_counter(counter.pk)
    require(policy.can_answer_counter(by, counter))
    return move(counter, COUNTER, "decline", by=by, at=at, answered_at=at)


@transaction.atomic
def withdraw_counter(*, counter: Counter, by: Actor, at: datetime) -> Counter:
    """Take one's own suggestion back before it is answered."""
    counter = locked_counter(counter.pk)
    require(policy.can_withdraw_counter(by, counter))
    return move(counter, COUNTER, "withdraw", by=by, at=at, answered_at=at)
