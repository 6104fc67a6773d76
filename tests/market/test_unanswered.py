"""A client who never answers: some time after the closing a proposal ends by itself, and never before."""

from datetime import datetime, timedelta

import pytest

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions, silence
from nakadachi.market.sourcing.models import Counter, Proposal
from tests import cast, walk
from tests.cast import by
from tests.market.state import fingerprint

pytestmark = pytest.mark.django_db
NAME = "proposals not answered"
SECOND = timedelta(seconds=1)
CLOSED_AT = walk.START + timedelta(days=2)


def swept(at: datetime) -> int:
    return timers.run(at=at)[NAME]


def closed(proposal: Proposal, at: datetime = CLOSED_AT) -> Proposal:
    jobs.close(job=proposal.job, by=by(cast.minato()), at=at)
    return fresh(proposal)


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("job").get(pk=proposal.pk)


@pytest.mark.parametrize(("away", "is_due"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_it_ends_exactly_so_long_after_the_closing(away: timedelta, is_due: bool):
    proposal = closed(walk.proposal())
    due_at = silence.runs_out_at(proposal, proposal.job)
    assert due_at == CLOSED_AT + timedelta(days=30)
    assert swept(due_at + away) == int(is_due)
    assert swept(due_at + away) == 0, "once"
    proposal = fresh(proposal)
    assert (proposal.status, proposal.decline_reason) == (("declined", "silent") if is_due else ("sent", ""))
    if is_due:
        assert Event.objects.get(kind="proposal.run_out").actor_kind == "system"


def test_what_was_suggested_in_it_ends_with_it():
    proposal = walk.proposal()
    actions.counter(
        proposal=proposal,
        amount_yen=proposal.amount_yen - 100,
        deliver_on=proposal.deliver_on,
        request_key=proposal.request_key,
        by=by(cast.minato()),
        at=walk.START,
    )
    proposal = closed(proposal)
    assert swept(silence.runs_out_at(proposal, proposal.job)) == 1
    assert Counter.objects.get().status == "replaced"


def test_while_the_job_is_open_it_waits():
    proposal = walk.proposal()
    assert silence.runs_out_at(proposal, proposal.job) is None
    before = fingerprint()
    assert not actions.run_out(proposal_id=proposal.pk, at=walk.START + timedelta(days=400))
    assert fingerprint() == before


def test_an_offer_that_is_taken_back_gives_the_time_again():
    proposal = closed(walk.proposal())
    later = CLOSED_AT + timedelta(days=29)
    contract = contracts.offer(
        proposal=proposal,
        scope="本文の執筆",
        milestones=[contracts.MilestoneDraft("本文", 10_000, later.date() + timedelta(days=9))],
        request_key=proposal.request_key,
        by=by(cast.minato()),
        at=later,
    )
    assert swept(CLOSED_AT + timedelta(days=30)) == 0, "the worker is asked"
    contracts.withdraw_offer(contract=contract, by=by(cast.minato()), at=later + SECOND)
    assert swept(CLOSED_AT + timedelta(days=30)) == 0
    assert silence.runs_out_at(fresh(proposal), fresh(proposal).job) == later + SECOND + timedelta(days=30)
    assert swept(later + SECOND + timedelta(days=30)) == 1


def test_the_client_may_think_again_and_has_the_time_again():
    proposal = closed(walk.proposal())
    due_at = CLOSED_AT + timedelta(days=30)
    assert swept(due_at) == 1
    actions.reconsider(proposal=fresh(proposal), by=by(cast.minato()), at=due_at + SECOND)
    assert swept(due_at + timedelta(days=29)) == 0
    assert swept(due_at + SECOND + timedelta(days=30)) == 1


def test_nobody_gives_silence_as_a_reason():
    proposal = walk.proposal()
    before = fingerprint()
    with pytest.raises(Exception, match="reason"):
        actions.decline(proposal=proposal, reason="silent", by=by(cast.minato()), at=walk.START)
    assert fingerprint() == before


def test_both_sides_read_the_date(client):
    proposal = closed(walk.proposal())
    assert Job.objects.get().status == "closed"
    said = {}
    for who in (cast.minato(), cast.hanako()):
        client.force_login(who)
        said[who.pk] = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "までに回答しない場合、この提案は自動的に見送りになります" in said[cast.minato().pk]
    assert "までに回答がない場合、提案は自動的に終了し、お知らせします" in said[cast.hanako().pk]
