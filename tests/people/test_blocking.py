"""Blocking: nothing new begins between the two, what runs goes on, and the other is not told."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.sourcing.models import Proposal
from nakadachi.people.models import Member
from nakadachi.people.standing import blocking, queries
from nakadachi.people.standing.models import Block
from tests import cast, walk

pytestmark = pytest.mark.django_db


def block(member: Member, other: Member) -> Block:
    return blocking.block(member=member, other=other, by=cast.by(member), at=walk.START)


def refusal_of(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusal.code


@pytest.mark.parametrize("who", ["client", "worker"])
def test_no_proposal_between_the_two_whoever_blocked(who):
    client, worker = cast.minato(), cast.hanako()
    job = walk.open_job()
    block(*((client, worker) if who == "client" else (worker, client)))
    assert refusal_of(lambda: walk.proposal(job)) == "cannot_deal"
    assert not Proposal.objects.exists()
    assert walk.proposal(job, worker=cast.ren()).pk


@pytest.mark.parametrize("who", ["client", "worker"])
def test_no_offer_for_a_proposal_that_came_before(who):
    client, worker = cast.minato(), cast.hanako()
    sent = walk.proposal()
    block(*((client, worker) if who == "client" else (worker, client)))
    offer = {"proposal": sent, "scope": walk.SCOPE, "milestones": walk.pieces([10_000], walk.DUE_ON)}
    assert refusal_of(lambda: contracts.offer(**offer, by=cast.by(client), at=walk.START)) == "cannot_deal"
    assert not Contract.objects.exists()


def test_an_offer_that_came_before_cannot_be_accepted_but_declined():
    contract = walk.offered()
    block(contract.worker, contract.client)
    by = cast.by(contract.worker)
    assert refusal_of(lambda: contracts.confirm(contract=contract, by=by, at=walk.START)) == "cannot_deal"
    contracts.decline(contract=contract, by=by, at=walk.START)
    assert Contract.objects.get().status == Contract.Status.DECLINED


def test_what_runs_goes_on_to_the_end():
    one = walk.funded()
    block(one.contract.client, one.contract.worker)
    assert walk.accept(walk.deliver(one)).status == Milestone.Status.ACCEPTED


def test_unblocking_lets_them_deal_again():
    client, worker = cast.minato(), cast.hanako()
    block(client, worker)
    blocking.unblock(member=client, other=worker, by=cast.by(client), at=walk.START)
    blocking.unblock(member=client, other=worker, by=cast.by(client), at=walk.START)
    assert walk.proposal().pk
    assert list(Event.objects.filter(kind__startswith="block.").order_by("id").values_list("kind", flat=True)) == [
        "block.made",
        "block.lifted",
    ]


def test_twice_is_once():
    assert block(cast.minato(), cast.hanako()) == block(cast.minato(), cast.hanako())
    assert Event.objects.filter(kind="block.made").count() == 1


def test_nobody_blocks_themselves_the_operator_or_for_another():
    client, worker = cast.minato(), cast.hanako()
    assert refusal_of(lambda: block(client, client)) == "block_yourself"
    assert refusal_of(lambda: block(client, cast.tanaka())) == "block_operator"
    by_another = {"member": client, "other": worker, "by": cast.by(cast.ren()), "at": walk.START}
    assert refusal_of(lambda: blocking.block(**by_another)) == "not_yours"
    assert not Block.objects.exists()


def test_the_blocked_one_is_not_told():
    client, worker = cast.minato(), cast.hanako()
    block(client, worker)
    assert queries.has_blocked(cast.by(client), worker.pk)
    assert not queries.has_blocked(cast.by(worker), client.pk)
    assert queries.blocks_of(cast.by(worker)) == []
