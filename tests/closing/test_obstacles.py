"""Each thing that stands in the way of leaving, seen from both sides; and that nothing does when all is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nakadachi.closing.notes import unanswered_inquiries
from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import obstacles_of, over_by
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.timers import last_minute
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing import silence
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import Payout
from nakadachi.people import actions as people
from nakadachi.people.models import Member
from tests import ask, cast, earners, monthly, walk
from tests.cast import by
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

AT = walk.START


def codes(member: Member) -> list[str]:
    return [obstacle.code for obstacle in obstacles_of(member, AT)]


def only(member: Member, code: str) -> Obstacle:
    found = [obstacle for obstacle in obstacles_of(member, AT) if obstacle.code == code]
    assert len(found) == 1, codes(member)
    return found[0]


def test_a_new_member_may_leave_at_once():
    assert obstacles_of(cast.sakura(), AT) == []


def test_an_open_job_until_it_closes():
    job = walk.open_job()
    obstacle = only(cast.minato(), "job.open")
    assert (obstacle.title, obstacle.who) == (job.title, "you")
    assert obstacle.clears_by == last_minute(job.closes_on)
    jobs.close(job=job, by=by(job.client), at=AT)
    assert codes(cast.minato()) == []


def test_a_proposal_is_over_when_the_client_has_been_silent_long_enough_after_the_closing():
    sent = walk.proposal()
    while_open = only(sent.worker, "proposal.open").clears_by
    assert while_open == last_minute(sent.job.closes_on) + silence.waits()
    assert not sourcing.run_out(proposal_id=sent.pk, at=while_open)
    jobs.close(job=sent.job, by=by(sent.job.client), at=AT + timedelta(days=1))
    closed = only(sent.worker, "proposal.open").clears_by
    assert closed == AT + timedelta(days=1) + silence.waits() < while_open
    assert not sourcing.run_out(proposal_id=sent.pk, at=closed - timedelta(seconds=1))
    assert sourcing.run_out(proposal_id=sent.pk, at=closed)
    assert not obstacles_of(sent.worker, closed)


def test_an_open_proposal_is_the_workers_until_withdrawn():
    sent = walk.proposal()
    assert (only(sent.worker, "proposal.open").page, codes(cast.minato())) == ("proposals:detail", ["job.open"])


@pytest.mark.parametrize(("side", "who"), [("client", "other"), ("worker", "you")])
def test_an_offer_waits_for_the_worker(side, who):
    contract = walk.offered()
    obstacle = only(getattr(contract, side), "offer.waiting")
    assert (obstacle.who, obstacle.clears_by, obstacle.amount_yen) == (who, contract.answer_by, 10_000)


@pytest.mark.parametrize("side", ["client", "worker"])
def test_an_agreed_contract_without_money_can_be_ended_by_either(side):
    contract = walk.agreed((10_000, 20_000))
    obstacle = only(getattr(contract, side), "contract.active")
    assert (obstacle.who, obstacle.page, obstacle.arguments) == ("you", "contracts:detail", (contract.pk,))


@pytest.mark.parametrize(("side", "who"), [("client", "other"), ("worker", "you")])
def test_escrow_waits_for_the_delivery(side, who):
    one = walk.funded()
    obstacle = only(getattr(one.contract, side), "escrow.idle")
    assert (obstacle.who, obstacle.amount_yen, obstacle.clears_by) == (
        who,
        10_000,
        one.contract.deal_ends_at,
    )


@pytest.mark.parametrize(
    ("side", "who", "page"), [("client", "you", "contracts:acceptance"), ("worker", "other", "contracts:detail")]
)
def test_a_delivery_waits_for_inspection_until_silence_accepts(side, who, page):
    one = walk.delivered()
    obstacle = only(getattr(one.contract, side), "delivery.waiting")
    assert (obstacle.who, obstacle.page, obstacle.clears_by) == (who, page, one.auto_accept_at)


def test_a_handed_back_milestone_leaves_only_the_clients_refund():
    one = walk.handed_back()
    assert codes(one.contract.worker) == []
    refund = only(one.contract.client, "refund.transit")
    assert (refund.who, refund.amount_yen, refund.page) == ("provider", 10_550, "earnings:refunds")
    run_jobs("payments.send_refund")
    assert "refund.transit" not in codes(one.contract.client)


def test_a_refund_that_the_provider_refuses_is_the_operators():
    one = walk.handed_back()
    Refund.objects.update(status="refused")
    assert only(one.contract.client, "refund.transit").who == "operator"


def test_a_payment_without_an_answer_is_the_providers():
    one = walk.milestone(walk.agreed())
    contracts.start_funding(milestone=one, request_key=uuid4(), by=by(one.contract.client), at=AT)
    Payment.objects.update(status="processing", processing_at=AT)
    obstacle = only(one.contract.client, "payment.unsettled")
    assert (obstacle.who, obstacle.amount_yen) == ("provider", 10_550)


def test_a_balance_is_the_workers_to_take():
    one = walk.accepted()
    worker = one.contract.worker
    assert [one.name for one in only(worker, "balance.ge_min").remedies] == ["register_account"]
    earners.with_account(worker, at=AT)
    automatic = only(worker, "balance.ge_min")
    assert (automatic.amount_yen, automatic.clears_by is not None) == (8_350, True)
    people.set_payout_mode(member=worker, mode="on_request", by=by(worker), at=AT)
    worker.refresh_from_db()
    asked_for = only(worker, "balance.ge_min")
    assert ([one.name for one in asked_for.remedies], asked_for.clears_by) == (["payout"], None)
    assert codes(one.contract.client) == []


def test_a_balance_below_the_smallest_payout_is_said_to_stay():
    one = walk.accepted((1_000,))
    obstacle = only(one.contract.worker, "balance.lt_min")
    assert (obstacle.amount_yen, obstacle.page) == (835, "earnings:board")


def test_a_payout_on_its_way_until_its_pay_day():
    one = walk.accepted()
    worker = one.contract.worker
    earners.with_account(worker, at=AT)
    payout = payouts.request(member=worker, request_key=uuid4(), by=by(worker), at=AT + timedelta(minutes=1))
    obstacle = only(worker, "payout.transit")
    assert (obstacle.who, obstacle.amount_yen) == ("operator", payout.pays_yen)
    assert obstacle.clears_by is not None
    Payout.objects.update(status="cancelled")
    assert "payout.transit" not in codes(worker)


def test_when_all_is_over_is_known_only_if_it_is_known_of_all():
    walk.open_job()
    client = cast.minato()
    first = over_by(obstacles_of(client, AT))
    assert first is not None
    one = walk.funded()
    assert over_by(obstacles_of(client, AT)) == one.contract.deal_ends_at
    walk.handed_back()
    assert over_by(obstacles_of(client, AT)) is None
    assert over_by([]) is None


def test_the_members_own_turn_comes_first_and_queries_do_not_grow():
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            obstacles_of(cast.minato(), AT)
        return len(captured)

    walk.funded()
    walk.delivered()
    before = queries()
    for _ in range(3):
        walk.funded()
        walk.delivered()
    found = obstacles_of(cast.minato(), AT)
    assert (queries(), len(found)) == (before, 8)
    assert [obstacle.who for obstacle in found] == sorted((o.who for o in found), key=lambda who: who != "you")


def disputed(*, delivered: bool = False):
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    one = walk.milestone(one.contract)
    if delivered:
        walk.deliver(one)
    clockwork.run(at=AT + timedelta(minutes=1))
    payments.reconcile(at=AT + timedelta(minutes=1))
    return walk.milestone(one.contract)


@pytest.mark.parametrize("delivered", [False, True])
@pytest.mark.parametrize("side", ["client", "worker"])
def test_disputed_money_waits_for_the_card_company(side, delivered):
    one = disputed(delivered=delivered)
    assert one.is_frozen
    person = getattr(one.contract, side)
    obstacle = only(person, "escrow.frozen")
    assert (obstacle.who, obstacle.amount_yen, obstacle.clears_by) == ("card", 10_000, None)
    assert codes(person) == ["escrow.frozen"]


def test_an_objection_to_a_payment_that_was_passed_on_is_the_clients_alone():
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    walk.accept(walk.deliver(walk.milestone(one.contract)))
    clockwork.run(at=AT + timedelta(minutes=1))
    payments.reconcile(at=AT + timedelta(minutes=1))
    assert only(one.contract.client, "payment.disputed").who == "card"
    assert codes(one.contract.client) == ["payment.disputed"]
    assert codes(one.contract.worker) == ["balance.ge_min"]


def test_conditions_that_a_client_suggested_until_taken_back():
    made = walk.counter()
    client = made.proposal.job.client
    obstacle = only(client, "counter.open")
    assert (obstacle.who, obstacle.amount_yen, obstacle.arguments) == ("you", 9_000, (made.proposal_id,))
    assert codes(made.proposal.worker) == ["proposal.open"]
    sourcing.withdraw_counter(counter=made, by=by(client), at=AT)
    assert "counter.open" not in codes(client)


@pytest.mark.parametrize("by_worker", [True, False])
def test_a_change_of_the_terms_is_both_sides_to_end(by_worker):
    one = walk.funded()
    walk.propose_change(one, by_worker=by_worker)
    proposer, other = one.contract.client, one.contract.worker
    if by_worker:
        proposer, other = other, proposer
    assert only(proposer, "change.open").who == only(other, "change.open").who == "you"
    assert only(proposer, "change.open").sentence != only(other, "change.open").sentence


def test_an_end_that_was_proposed_waits_for_the_other_side():
    one = walk.funded()
    walk.propose_end(one)
    assert only(one.contract.client, "end.open").who == "other"
    assert only(one.contract.worker, "end.open").who == "you"


def test_an_inquiry_is_counted_and_stands_in_nobodys_way():
    hanako = cast.hanako()
    ask.by_member(hanako, at=AT)
    assert (codes(hanako), unanswered_inquiries(hanako)) == ([], 1)


@pytest.mark.parametrize("side", ["client", "worker"])
def test_work_by_the_month_between_two_months(side):
    contract = monthly.agreed()
    monthly.worked(contract, monthly.month(contract))
    assert only(getattr(contract, side), "contract.active").page == "contracts:detail"
