"""Silence, changes, months and weeks at the same moment: whoever comes first, one effect, every yen accounted for."""

from collections import Counter
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import locking as contract_locking
from nakadachi.market.contracts.models import Contract, Nudge, TermsChange
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly import locking as hourly_locking
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import book
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment, Refund
from tests import cast, hours, monthly, walk
from tests.cast import by
from tests.hours import moment
from tests.races.test_market_races import ROUNDS, assert_clean, earned_yen, race

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("people")]


@pytest.fixture
def people(committed_db):
    return cast.minato(), cast.hanako()


def ended_once(contract: Contract) -> str:
    """How the contract is over; told once."""
    contract.refresh_from_db()
    kinds = ["contract.complete", "contract.end"]
    assert Event.objects.filter(kind__in=kinds, subject_id=contract.pk).count() == 1
    return contract.status


def test_accepted_while_silence_accepts_and_a_nudge_is_carried_out():
    """The worker asked the silent client for a sign of life, and all three moments come at once."""
    for number in range(1, ROUNDS + 1):
        one = walk.delivered()
        at = one.auto_accept_at
        asked_at = at - timedelta(days=7)
        nudge = contracts.nudge(contract=one.contract, request_key=uuid4(), by=by(cast.hanako()), at=asked_at)
        assert nudge.due_at == at
        accept = partial(contracts.accept, milestone=one, by=by(cast.minato()), at=at)
        silence = partial(contracts.accept, milestone=one, by=SYSTEM, at=at)
        carry_out = partial(contracts.carry_out, nudge_id=nudge.pk, at=at)
        race(*[accept, silence, carry_out] * 2)
        one = walk.milestone(one.contract)
        assert (ended_once(one.contract), one.status) in {("completed", "accepted"), ("ended", "settled")}
        assert one.hold.status == "released"
        assert earned_yen() == 8_350 * number
        assert Nudge.objects.get(pk=nudge.pk).status in {"carried_out", "answered", "overtaken"}
    assert_clean()


def test_both_sides_accept_different_changes_at_once():
    """Only one proposal waits at a time: the answer to another finds nothing, or comes after it."""
    for _ in range(ROUNDS):
        one = walk.funded()
        client, worker = by(cast.minato()), by(cast.hanako())
        made = {"contract": one.contract, "reason": "相談のうえ", "at": walk.START}
        earlier = contracts.propose_change(**made, prices={one.pk: 6_000}, request_key=uuid4(), by=client)
        accept_earlier = partial(contracts.accept_change, change=earlier, by=worker, at=walk.START)
        withdraw = partial(contracts.withdraw_change, change=earlier, by=client, at=walk.START)

        def counter_and_accept(made=made, one=one, client=client, worker=worker) -> None:
            """The worker proposes another price, which the client accepts in the same moment."""
            later = contracts.propose_change(**made, prices={one.pk: 5_000}, request_key=uuid4(), by=worker)
            contracts.accept_change(change=later, by=client, at=walk.START)

        race(*[accept_earlier, withdraw, counter_and_accept] * 2)
        accepted = list(TermsChange.objects.filter(contract=one.contract, status="accepted").order_by("pk"))
        one = walk.milestone(one.contract)
        versions = one.contract.terms.count()
        assert versions == 1 + len(accepted)
        agreed_yen = accepted[-1].prices[0]["amount_yen"] if accepted else 10_000
        assert (one.amount_yen, one.hold.amount_yen) == (agreed_yen, agreed_yen)
        back_yen = sum(Refund.objects.filter(payment=one.hold.funded_by).values_list("amount_yen", flat=True))
        assert back_yen == 10_550 - one.hold.client_pays_yen
        assert TermsChange.objects.filter(contract=one.contract, status__in=["open", "agreed"]).count() == 0
    assert_clean()


def test_a_change_is_accepted_while_what_it_changes_is_accepted():
    for number in range(1, ROUNDS + 1):
        one = walk.delivered()
        change = walk.propose_change(one)
        agree = partial(contracts.accept_change, change=change, by=by(cast.minato()), at=walk.START)
        accept = partial(contracts.accept, milestone=one, by=by(cast.minato()), at=walk.START)
        race(*[agree, accept] * 3)
        change.refresh_from_db()
        assert ended_once(one.contract) == "completed"
        assert (change.status, one.contract.terms.count()) in {("accepted", 2), ("withdrawn", 1)}
        assert earned_yen() == 8_350 * number
    assert_clean()


def month_in_tabs(contract: Contract):
    month = monthly.month(contract)
    client = by(contract.client)

    def pay() -> None:
        payment = contracts.start_funding(milestone=month, request_key=uuid4(), by=client, at=walk.START)
        payments.charge(payment_id=payment.pk, card_token=SUCCESS, by=client, at=walk.START)

    return pay


def test_a_month_paid_in_eight_tabs_is_funded_once():
    for _ in range(ROUNDS):
        contract = monthly.agreed(starts_on=date(2026, 12, 15))
        outcomes = race(*[month_in_tabs(contract)] * 8)
        assert outcomes["done"] >= 1
        assert set(outcomes) <= {"done", "funding_in_process", "already_funded"}
        hold = Hold.objects.get(pk=monthly.month(contract).hold_id)
        assert (hold.status, hold.funded_yen) == ("funded", hold.client_pays_yen)
        assert Payment.objects.filter(purpose_id=hold.pk, status="captured").count() == 1
        assert Event.objects.filter(kind="milestone.fund", subject_id=monthly.month(contract).pk).count() == 1
    assert_clean()


def test_a_month_is_paid_while_its_time_to_be_paid_runs_out():
    """It begins and is paid, or is dropped and the money goes straight back: never both."""
    from nakadachi.market.monthly import actions

    for _ in range(ROUNDS):
        contract = monthly.agreed(starts_on=date(2026, 12, 15))
        month = monthly.month(contract)
        leave_out = partial(actions.not_begun, milestone_id=month.pk, at=month.fund_by)
        race(*[month_in_tabs(contract), leave_out] * 3)
        month = monthly.month(contract)
        money = month.hold.status if month.hold else "none"
        assert (month.status, money) in {
            ("open", "funded"), ("settled", "refunded"), ("settled", "unfunded"), ("settled", "none"),
        }  # fmt: skip
    assert_clean()


def test_hourly_work_ends_while_its_week_is_running_and_is_paid_in():
    """The week that runs is paid by its lines; the next is either paid in and given back, or not paid in any more."""
    ends: Counter[str] = Counter()
    for worker in (cast.hanako(), cast.ren(), cast.sakura()):
        one = hours.five_hours(hours.funded(worker=worker))
        of, client, at = one.engagement, hours.client_of(one), moment(11, 12)
        hours.let_pass(at)
        following = hours.week(of, 2)

        def pay_next(following=following, client=client, at=at) -> None:
            payment = hourly.start_funding(week=following, request_key=uuid4(), by=client, at=at)
            if payment is not None:
                payments.charge(payment_id=payment.pk, card_token=SUCCESS, by=client, at=at)

        finish = [
            partial(hourly.finish, engagement=of, reason="終了", by=side, at=at)
            for side in (client, hours.worker_of(one))
        ]
        race(*finish, pay_next, *finish, pay_next)
        if hours.engagement(of.contract).stops_at is None:  # each time a card was just being charged
            finish[0]()
        assert Event.objects.filter(kind="engagement.finish", subject_id=of.pk).count() == 1
        following = hours.week(of, 2)
        assert following.status == "settled"
        ends[following.hold.status if following.hold else "none"] += 1
        assert hours.week(of).status == "open", "what was recorded is still reported and approved"
        hours.let_pass(moment(30))
        assert ended_once(of.contract) == "completed"
        assert not Hold.objects.filter(status__in=["funded", "frozen"]).exists()
        assert ledger.balance_yen(book.account_for("member", "member", worker.pk)) == 6_262
    assert set(ends) <= {"none", "unfunded", "refunded"}
    assert_clean()


def test_without_locks_the_work_is_ended_twice(monkeypatch):
    """The negative control: both sides end it, and nobody waits for the other."""

    def unlocked(model, **equals):
        named = {f"{name}__in" if isinstance(value, list | tuple) else name: value for name, value in equals.items()}
        return list(model.objects.filter(**named).order_by("pk"))

    for place in (contract_locking, hourly_locking):
        monkeypatch.setattr(place, "locked", unlocked)
    for number in range(20):
        one = hours.funded(worker=cast.person(f"worker{number}@example.jp", "だれか"))
        hours.worked(one, moment(9, 9), moment(9, 11))
        finishing = [
            partial(hourly.finish, engagement=one.engagement, reason="終了", by=side, at=moment(9, 12))
            for side in (hours.client_of(one), hours.worker_of(one))
        ]
        race(*finishing * 2)
        if Event.objects.filter(kind="engagement.finish", subject_id=one.engagement.pk).count() > 1:
            return
    pytest.fail("twenty races without locks and nothing went wrong: this test setup proves nothing")
