"""A client disputes the card payment of a milestone: what freezes, what both sides may do, who is paid in the end."""

from datetime import timedelta

import pytest

from nakadachi.infra import timers
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import queries
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone
from nakadachi.money.ledger import book, checks
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Dispute
from tests import cast, walk
from tests.cast import by

pytestmark = pytest.mark.django_db
CARD = cards.BY_NAME["dispute"].number
COMPLAINED = walk.START + timedelta(minutes=5)
DECIDED = walk.START + timedelta(days=3, hours=1)


def paid(amounts=(10_000,)) -> Milestone:
    one = walk.milestone(walk.agreed(amounts))
    walk.pay(one, card=CARD)
    return walk.milestone(one.contract)


def complain(one: Milestone) -> Milestone:
    clockwork.run(at=COMPLAINED)
    payments.reconcile(at=COMPLAINED)
    return walk.milestone(one.contract, one.position)


def decide(one: Milestone, *, won: bool) -> Milestone:
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=won, at=DECIDED)
    payments.reconcile(at=DECIDED)
    assert [str(offender) for offender in checks.run()] == []
    return walk.milestone(one.contract, one.position)


def earned_yen() -> int:
    return ledger.balance_yen(book.open_account("member", "member", cast.hanako().pk))


def refusal_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def test_while_it_is_undecided_nothing_moves() -> None:
    one = complain(walk.deliver(paid((10_000, 5_000))))
    client, worker = by(cast.minato()), by(cast.hanako())
    late = one.auto_accept_at + timedelta(seconds=1)
    acts = [
        lambda: contracts.accept(milestone=one, by=client, at=COMPLAINED),
        lambda: contracts.accept(milestone=one, by=SYSTEM, at=late),
        lambda: contracts.request_revision(milestone=one, reason="直してください", by=client, at=COMPLAINED),
        lambda: contracts.withdraw_delivery(milestone=one, by=worker, at=COMPLAINED),
        lambda: contracts.hand_back(milestone=one, by=worker, at=COMPLAINED),
        lambda: contracts.end_alone(contract=one.contract, reason="やめます", by=client, at=COMPLAINED),
        lambda: walk.propose_end(one),
        lambda: walk.pay(one),
    ]
    assert {refusal_of(act) for act in acts} == {"hold_frozen"}
    assert timers.run(at=late)["deliveries accepted after silence"] == 0
    assert (one.status, one.hold.status, earned_yen()) == ("delivered", "frozen", 0)
    assert [todo.kind for todo in queries.todo_for(client, COMPLAINED) if todo.milestone] == []


def test_an_open_work_cannot_be_delivered_while_frozen() -> None:
    one = complain(paid())
    assert refusal_of(lambda: walk.deliver(one)) == "hold_frozen"


def test_an_agreed_ending_waits_for_the_decision() -> None:
    one = paid()
    end = walk.propose_end(one)
    complain(one)
    worker = by(cast.hanako())
    assert refusal_of(lambda: contracts.accept_end(end=end, by=worker, at=COMPLAINED)) == "hold_frozen"
    decide(one, won=True)
    contracts.accept_end(end=EndProposal.objects.get(), by=worker, at=DECIDED)
    assert walk.milestone(one.contract).hold.status == "split"


def test_won_the_work_goes_on_and_lost_time_is_given_back() -> None:
    before = walk.deliver(paid())
    one = decide(complain(before), won=True)
    assert (one.hold.status, one.auto_accept_at) == ("funded", before.auto_accept_at + timedelta(days=4))
    assert walk.accept(one).status == "accepted"
    assert earned_yen() == 8_350


def test_lost_with_nothing_delivered_the_milestone_is_closed() -> None:
    one = decide(complain(paid()), won=False)
    assert (one.status, one.hold.status, one.hold.balance_yen) == ("settled", "charged_back", 0)
    assert (Contract.objects.get().status, earned_yen()) == ("ended", 0)
    assert Dispute.objects.get().loss_yen == 0


def test_lost_with_the_rest_of_the_contract_going_on() -> None:
    one = decide(complain(paid((10_000, 5_000))), won=False)
    assert (one.status, Contract.objects.get().status) == ("settled", "active")
    second = walk.milestone(one.contract, 2)
    walk.pay(second)
    assert walk.accept(walk.deliver(walk.milestone(one.contract, 2))).status == "accepted"


@pytest.mark.parametrize("sent_back", [False, True])
def test_lost_with_work_delivered_the_worker_is_paid_at_once(sent_back: bool) -> None:
    one = walk.deliver(paid())
    if sent_back:
        contracts.request_revision(milestone=one, reason="図を足してください", by=by(cast.minato()), at=walk.START)
    one = decide(complain(one), won=False)
    assert one.status == ("settled" if sent_back else "accepted")
    assert (one.hold.status, earned_yen()) == ("released", 8_350)
    assert (Dispute.objects.get().from_hold_yen, Dispute.objects.get().loss_yen) == (0, 10_550)


def test_a_delivery_that_was_withdrawn_is_none() -> None:
    one = walk.deliver(paid())
    contracts.withdraw_delivery(milestone=one, by=by(cast.hanako()), at=walk.START)
    one = decide(complain(one), won=False)
    assert (one.status, earned_yen()) == ("settled", 0)


def test_accepted_before_the_worker_is_not_touched() -> None:
    one = walk.accept(walk.deliver(paid()))
    one = decide(complain(one), won=False)
    assert (one.status, one.hold.status, earned_yen()) == ("accepted", "released", 8_350)
    assert Dispute.objects.get().loss_yen == 10_550
