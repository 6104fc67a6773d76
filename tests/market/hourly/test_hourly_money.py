"""Money of a week that comes too late, too early, or for time before it was there."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.actions import RateDraft
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import TimeEntry
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.money.payments.models import Refund
from tests import hours, walk
from tests.hours import moment
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("end", ["ended", "not begun", "renewal ended"])
def test_money_that_comes_in_for_a_week_that_is_closed_goes_straight_back(end: str) -> None:
    """The form was sent in time and the card charged after it: the week does not come to life again."""
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    following, client = hours.week(one.engagement, 2), hours.client_of(one)
    payment = hourly.start_funding(week=following, request_key=uuid4(), by=client, at=moment(13))
    if end == "ended":
        hourly.finish(engagement=one.engagement, reason="終了", by=hours.worker_of(one), at=moment(13, 10))
    elif end == "renewal ended":
        hourly.end_renewal(engagement=one.engagement, by=client, at=moment(13, 10))
    at = moment(16, 1)
    hours.let_pass(at)
    assert hours.week(one.engagement, 2).status == ("skipped" if end == "not begun" else "settled")
    payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=client, at=at)
    following = hours.week(one.engagement, 2)
    assert (following.is_pending, following.hold.status, following.hold.balance_yen) == (False, "refunded", 0)
    assert Refund.objects.filter(payment=payment).get().amount_yen == payment.amount_yen == 12_660
    assert_clean()


def test_time_before_the_money_was_there_is_not_recorded() -> None:
    """The first week can be paid in while it runs; work before that was not safe, and is not made so afterwards."""
    one = hours.week(hours.agreed())
    hours.pay(one, at=moment(9, 12, 30, second=40))
    one = hours.week(one.engagement)
    before = fingerprint()
    for start in (moment(9, 9), moment(9, 12, 29)):
        with pytest.raises(Refused) as caught:
            hours.entered(one, start, moment(9, 13), at=moment(9, 18))
        assert caught.value.refusal.code == "before_money"
    assert fingerprint() == before
    line = hours.entered(one, moment(9, 12, 30), moment(9, 13), at=moment(9, 18))
    with pytest.raises(Refused) as caught:
        hourly.edit(entry=line, started_at=moment(9, 12), ended_at=moment(9, 13), memo="", by=hours.worker_of(one),
                    at=moment(9, 18))  # fmt: skip
    assert caught.value.refusal.code == "before_money"


def test_another_rate_begins_on_a_monday_after_the_last_week_whose_money_was_asked_for() -> None:
    one = hours.funded()
    contract = one.engagement.contract
    asked = {"contract": contract, "reason": "打ち合わせのとおり", "by": hours.worker_of(one), "at": walk.START}
    before = fingerprint()
    for from_on in (date(2026, 11, 9), date(2026, 11, 17)):
        with pytest.raises(Refused) as caught:
            contracts.propose_change(**asked, rate=RateDraft(1_800, from_on), request_key=uuid4())
        assert caught.value.refusal.code == "hourly_rate_day"
    assert fingerprint() == before
    change = contracts.propose_change(**asked, rate=RateDraft(1_800, date(2026, 11, 16)), request_key=uuid4())
    hours.let_pass(moment(9, 1))
    hours.pay(hours.week(one.engagement, 2), at=moment(9, 2))
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        contracts.accept_change(change=change, by=hours.client_of(one), at=moment(9, 3))
    assert caught.value.refusal.code == "change_overtaken", "the second week was paid in at the old rate meanwhile"
    assert fingerprint() == before


def test_weeks_before_and_after_another_rate_are_paid_each_at_its_own() -> None:
    one = hours.funded()
    contract = one.engagement.contract
    asked = {"contract": contract, "reason": "打ち合わせのとおり", "by": hours.worker_of(one), "at": walk.START}
    change = contracts.propose_change(**asked, rate=RateDraft(1_800, date(2026, 11, 16)), request_key=uuid4())
    contracts.accept_change(change=change, by=hours.client_of(one), at=walk.START)
    hours.let_pass(moment(9, 1))
    paid = hours.pay(hours.week(one.engagement, 2), at=moment(9, 2))
    assert paid is not None
    assert paid.amount_yen == 15_192, "8 hours at ¥1,800, and 5.5 %"
    hours.worked(one, moment(15, 23), moment(16, 1))
    hours.let_pass(moment(16, 0))
    assert [(line.week.monday.day, line.minutes_at(moment(16, 1))) for line in TimeEntry.objects.all()] == [
        (9, 60),
        (16, 60),
    ]
    hours.let_pass(moment(30, 0))
    first, second = (hours.week(one.engagement, number) for number in (1, 2))
    assert (first.approved_yen, second.approved_yen) == (1_500, 1_800)
    assert_clean()


def test_both_agree_to_end_it_and_what_was_recorded_is_paid_at_once() -> None:
    """The running timer stops with the contract; its minutes count."""
    one = hours.five_hours(hours.funded())
    hours.started(one.engagement, moment(11, 9))
    asked = {"contract": one.engagement.contract, "reason": "相談のうえ", "by": hours.client_of(one)}
    end = contracts.propose_end(**asked, settlement={}, request_key=uuid4(), at=moment(11, 10))
    contracts.accept_end(end=end, by=hours.worker_of(one), at=moment(11, 11))
    one = hours.week(one.engagement)
    assert (one.status, one.approved_minutes, one.approved_yen) == ("settled", 420, 10_500)
    assert (one.hold.status, one.hold.released_yen, one.hold.balance_yen) == ("split", 10_500, 0)
    assert Contract.objects.get().status == "ended"
    assert_clean()


def test_a_week_that_is_being_paid_goes_on_when_no_further_one_follows() -> None:
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    following, client = hours.week(one.engagement, 2), hours.client_of(one)
    hours.pay(following, card=cards.BY_NAME["challenge"].number, at=moment(13))
    hourly.end_renewal(engagement=one.engagement, by=client, at=moment(13, 10))
    assert hours.week(one.engagement, 2).status == "open", "the card's owner is being asked"


def test_a_week_is_not_skipped_while_its_card_is_being_charged() -> None:
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    hours.pay(hours.week(one.engagement, 2), card=cards.BY_NAME["challenge"].number, at=moment(15, 23, 59))
    hours.let_pass(moment(16, 0))
    assert hours.week(one.engagement, 2).status == "open"


def test_fewer_hours_may_be_set_aside_for_a_week_and_never_more_than_agreed() -> None:
    one = hours.week(hours.agreed())
    asked = {"week": one, "request_key": uuid4(), "by": hours.client_of(one), "at": walk.START}
    before = fingerprint()
    for wrong in (0, 9):
        with pytest.raises(Refused) as caught:
            hourly.start_funding(hours=wrong, **asked)
        assert caught.value.refusal.code == "hours_outside"
    assert fingerprint() == before
    paid = hours.pay(one, hours=5)
    assert paid is not None
    assert paid.amount_yen == 7_913
    entry = hours.started(one.engagement, moment(9, 9))
    hours.let_pass(moment(9, 15))
    entry.refresh_from_db()
    assert (entry.ended_at, entry.cut) == (moment(9, 14), "limit")


def test_a_line_that_is_deleted_gives_its_hours_to_the_timer_that_runs() -> None:
    one = hours.funded()
    line = hours.entered(one, moment(9, 1), moment(9, 8))
    entry = hours.started(one.engagement, moment(9, 9))
    assert entry.stop_at == moment(9, 10), "one hour of eight was left"
    hourly.delete(entry=line, by=hours.worker_of(one), at=moment(9, 9, 30))
    entry.refresh_from_db()
    assert entry.stop_at == moment(9, 17)


def test_a_contract_waits_for_what_is_approved_and_not_paid_yet() -> None:
    """Where nothing is held the end of the work is not the end of the contract: the worker is owed a week."""
    of = hours.agreed(holds_money=False)
    one = hours.five_hours(hours.week(of))
    hourly.report(week=one, by=hours.worker_of(one), at=moment(15, 20))
    hourly.review(week=hours.week(of), by=hours.client_of(one), at=moment(16, 10))
    hourly.finish(engagement=of, reason="終了", by=hours.client_of(one), at=moment(16, 11))
    assert Contract.objects.get().status == "active"
    hours.pay_after(hours.week(of), at=moment(17))
    assert Contract.objects.get().status == "completed"
    assert_clean()


def test_the_work_goes_on_while_the_card_for_an_approved_week_is_being_charged() -> None:
    """Paid in the last minute, and the card's owner is asked to confirm: whether it was in time is known after that."""
    of = hours.agreed(holds_money=False)
    one = hours.five_hours(hours.week(of))
    hourly.report(week=one, by=hours.worker_of(one), at=moment(15, 20))
    hourly.review(week=hours.week(of), by=hours.client_of(one), at=moment(16, 10))
    pay_by = hours.week(of).pay_by
    hours.pay_after(hours.week(of), card=cards.BY_NAME["challenge"].number, at=pay_by - timedelta(minutes=1))
    hours.let_pass(pay_by)
    assert (hours.week(of).unpaid_at, hours.engagement(of.contract).stops_at) == (None, None)
