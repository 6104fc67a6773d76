"""What a suspended, leaving or closed account does to work: running work goes on to the yen, nothing new begins."""

from collections.abc import Callable

import pytest

from nakadachi.infra import timers
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.people.models import Member
from nakadachi.people.standing.models import Block, Standing
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db
AT = walk.START


def suspend(member: Member) -> None:
    Standing.objects.create(member=member, suspended_at=AT)


def leave(member: Member) -> None:
    Standing.objects.create(member=member, leaving_at=AT)


def close(member: Member) -> None:
    member.is_active = False
    member.save(update_fields=["is_active"])


PEOPLE = {"client": cast.minato, "worker": cast.hanako}
STANDINGS = {"suspended": suspend, "leaving": leave, "closed": close}
every_standing = pytest.mark.parametrize("standing", STANDINGS)
each_side = pytest.mark.parametrize("side", PEOPLE)


def refused(act: Callable[[], object]) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        act()
    assert fingerprint() == before
    return caught.value.refusal.code


@every_standing
@each_side
def test_running_work_goes_to_its_end(standing: str, side: str) -> None:
    first = walk.milestone(walk.agreed((6_000, 4_000)))
    STANDINGS[standing](PEOPLE[side]())
    client, worker = by(cast.minato()), by(cast.hanako())
    walk.pay(first)
    milestone = walk.deliver(walk.milestone(first.contract))
    contracts.request_revision(milestone=milestone, reason="短く", by=client, at=AT)
    contracts.accept_change(change=walk.propose_change(walk.milestone(first.contract)), by=client, at=AT)
    milestone = walk.deliver(walk.milestone(first.contract))
    contracts.withdraw_delivery(milestone=milestone, by=worker, at=AT)
    walk.accept(walk.deliver(walk.milestone(first.contract)))
    second = walk.milestone(first.contract, 2)
    walk.pay(second)
    contracts.accept_end(end=walk.propose_end(walk.milestone(first.contract, 2)), by=worker, at=AT)
    assert Contract.objects.get().status == "ended"
    assert_clean()


@every_standing
@each_side
def test_nobody_is_trapped(standing: str, side: str) -> None:
    delivered, funded, unfunded = walk.delivered(), walk.funded(), walk.agreed()
    STANDINGS[standing](PEOPLE[side]())
    assert timers.run(at=delivered.auto_accept_at)["deliveries accepted after silence"] == 1, "silence accepts"
    contracts.hand_back(milestone=funded, by=by(cast.hanako()), at=AT)
    contracts.end_alone(contract=unfunded, reason="都合により", by=by(PEOPLE[side]()), at=AT)
    assert sorted(Contract.objects.values_list("status", flat=True)) == ["completed", "ended", "ended"]
    assert_clean()


@pytest.mark.parametrize("standing", ["suspended", "leaving"])
@each_side
def test_nothing_new_begins(standing: str, side: str) -> None:
    sent, offer = walk.proposal(), walk.offered()
    STANDINGS[standing](PEOPLE[side]())
    pieces, client = walk.pieces([10_000], walk.DUE_ON), by(cast.minato())
    code = refused(lambda: contracts.offer(proposal=sent, scope="記事", milestones=pieces, by=client, at=AT))
    assert code == (standing if side == "client" else "worker_paused")
    code = refused(lambda: contracts.confirm(contract=offer, by=by(cast.hanako()), at=AT))
    assert code == (standing if side == "worker" else "client_of_offer_paused")
    contracts.decline(contract=offer, by=by(cast.hanako()), at=AT)


@each_side
def test_a_block_stops_new_work_only(side: str) -> None:
    sent, running = walk.proposal(), walk.delivered()
    Block.objects.create(member=PEOPLE[side](), blocked=cast.minato() if side == "worker" else cast.hanako(), at=AT)
    pieces, client = walk.pieces([10_000], walk.DUE_ON), by(cast.minato())
    code = refused(lambda: contracts.offer(proposal=sent, scope="記事", milestones=pieces, by=client, at=AT))
    assert code == "cannot_deal"
    assert walk.accept(running).status == "accepted"
