"""One project from posting to reward, with the ledger audited after every step."""

from datetime import datetime
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import JST
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Delivery, Milestone, Terms
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.ledger import book, queries
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean

pytestmark = pytest.mark.django_db


def balance_yen(member) -> int:
    """What a member may have paid out; a member who never earned anything has no account."""
    try:
        return queries.balance_yen(book.account_for("member", "member", member.pk))
    except book.LedgerRefused as refused:
        assert refused.code == "unknown_account"
        return 0


def test_ten_thousand_yen_from_posting_to_reward() -> None:
    hanako, minato = cast.hanako(), cast.minato()
    job = walk.open_job()
    assert_clean()
    sent = walk.proposal(job)
    assert_clean()
    offer = contracts.offer(
        proposal=sent, scope=walk.SCOPE, milestones=walk.pieces([10_000], walk.DUE_ON), by=by(minato), at=walk.START
    )
    assert offer.answer_by == datetime(2026, 11, 9, 23, 59, tzinfo=JST)
    assert_clean()
    contract = contracts.confirm(contract=offer, by=by(hanako), at=walk.START)
    assert contract.status == Contract.Status.ACTIVE
    assert Terms.objects.get(contract=contract).version == 1
    job.refresh_from_db()
    assert job.status == Job.Status.CLOSED, "one was wanted, one was hired"
    assert_clean()

    milestone = walk.milestone(contract)
    assert not milestone.is_funded
    payment = walk.pay(milestone)
    assert (payment.status, payment.amount_yen) == ("captured", 10_550)
    milestone = walk.milestone(contract)
    assert milestone.is_funded
    assert_clean()

    milestone = walk.deliver(milestone, files=[walk.upload()])
    assert milestone.auto_accept_at == datetime(2026, 11, 16, 23, 59, tzinfo=JST)
    assert_clean()

    milestone = walk.accept(milestone)
    assert milestone.status == Milestone.Status.ACCEPTED
    assert milestone.hold.status == "released"
    assert balance_yen(hanako) == 8_350
    contract.refresh_from_db()
    assert contract.status == Contract.Status.COMPLETED
    assert_clean()


def test_every_step_writes_one_event() -> None:
    walk.accepted()
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    for kind in (
        "job.write", "job.open", "job.fill", "proposal.send", "proposal.choose", "proposal.accept", "contract.offer",
        "contract.confirm", "contract.complete", "terms.write", "milestone.fund", "milestone.deliver",
        "milestone.accept", "hold.fund", "hold.release", "payment.capture",
    ):  # fmt: skip
        assert kinds.count(kind) == 1, kind


def test_three_milestones_each_with_its_own_money() -> None:
    contract = walk.agreed([3_333, 3_333, 3_334])
    for position in (1, 2, 3):
        walk.pay(walk.milestone(contract, position))
        walk.accept(walk.deliver(walk.milestone(contract, position)))
        assert_clean()
        contract.refresh_from_db()
        assert contract.status == ("completed" if position == 3 else "active")
    assert sum(payment.amount_yen for payment in Payment.objects.all()) == 3_516 + 3_516 + 3_517
    assert balance_yen(cast.hanako()) == 2_783 + 2_783 + 2_784


def test_a_delivery_taken_back_and_one_sent_back() -> None:
    milestone = walk.delivered()
    contracts.withdraw_delivery(milestone=milestone, by=by(cast.hanako()), at=walk.START)
    milestone = walk.deliver(walk.milestone(milestone.contract))
    contracts.request_revision(
        milestone=milestone, reason="見出しを足してください", by=by(cast.minato()), at=walk.START
    )
    milestone = walk.milestone(milestone.contract)
    assert (milestone.status, milestone.revisions_count, milestone.auto_accept_at) == ("open", 1, None)
    walk.accept(walk.deliver(milestone))
    numbers = list(Delivery.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3]
    assert_clean()


def test_handed_back_money_returns_whole() -> None:
    milestone = walk.handed_back()
    assert milestone.hold.status == "refunded"
    assert milestone.hold.refunded_yen == 10_550
    assert Contract.objects.get().status == Contract.Status.ENDED
    assert balance_yen(cast.hanako()) == 0
    assert_clean()


@pytest.mark.parametrize(
    ("worker_amount_yen", "status", "worker_yen", "back_yen"),
    [(0, "refunded", 0, 10_550), (4_000, "split", 3_340, 6_330), (10_000, "released", 8_350, 0)],
)
def test_an_agreed_ending_divides_the_money(
    worker_amount_yen: int, status: str, worker_yen: int, back_yen: int
) -> None:
    milestone = walk.settled(worker_amount_yen)
    assert milestone.status == Milestone.Status.SETTLED
    assert (milestone.hold.status, milestone.hold.refunded_yen) == (status, back_yen)
    assert balance_yen(cast.hanako()) == worker_yen
    assert Contract.objects.get().status == Contract.Status.ENDED
    assert_clean()


def test_two_are_hired_and_the_third_is_passed_over() -> None:
    job = walk.open_job(hires_max=2)
    third = walk.proposal(job, worker=cast.sakura())
    walk.agreed(job=job, worker=cast.hanako())
    job.refresh_from_db()
    assert job.status == Job.Status.OPEN
    walk.agreed(job=job, worker=cast.ren())
    job.refresh_from_db()
    third.refresh_from_db()
    assert job.status == Job.Status.CLOSED
    assert third.status == Proposal.Status.DECLINED


def test_money_that_arrives_after_the_end_goes_straight_back() -> None:
    contract = walk.agreed()
    milestone = walk.milestone(contract)
    payment = contracts.start_funding(milestone=milestone, request_key=uuid4(), by=by(cast.minato()), at=walk.START)
    contracts.end_alone(contract=contract, reason="行き違い", by=by(cast.hanako()), at=walk.START)
    payments.charge(payment_id=payment.pk, card_token=SUCCESS, by=by(cast.minato()), at=walk.START)
    milestone = walk.milestone(contract)
    assert (milestone.status, milestone.hold.status) == ("settled", "refunded")
    payment.refresh_from_db()
    assert payment.refunded_yen == payment.amount_yen == 10_550
    assert_clean()
