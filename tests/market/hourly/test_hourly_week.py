"""One week from the agreement to the reward, and the next: worked journal 3.14 through the real actions."""

from datetime import datetime
from uuid import uuid4

import pytest

from nakadachi.kernel.calendar import JST
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Terms
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.money.ledger import book, queries
from nakadachi.money.payments.models import Refund
from tests import hours
from tests.hours import moment
from tests.market.state import assert_clean

pytestmark = pytest.mark.django_db


def reward_yen(of) -> int:
    return queries.balance_yen(book.account_for("member", "member", of.contract.worker_id))


def test_five_hours_at_1500_are_7500() -> None:
    one = hours.funded()
    assert (one.hold.client_pays_yen, one.is_funded, one.fund_by) == (12_660, True, None)
    assert one.act_by == moment(16, 6)
    one = hours.five_hours(one)
    hourly.report(week=one, by=hours.worker_of(one), at=moment(15, 20))
    one = hours.week(one.engagement)
    assert (one.status, one.act_by) == ("reported", moment(23, 0))
    hourly.review(week=one, by=hours.client_of(one), at=moment(16, 10))
    one = hours.week(one.engagement)
    assert (one.status, one.approved_minutes, one.approved_yen) == ("approved", 300, 7_500)
    assert reward_yen(one.engagement) == 6_262
    assert one.hold.balance_yen == 4_747
    assert_clean()


def test_the_rest_rolls_on_and_the_client_pays_the_difference() -> None:
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    second = hours.pay(hours.week(one.engagement, 2), at=moment(10, 8))
    assert second is not None
    assert second.amount_yen == 12_660, "the first week is not over: nothing can roll on yet"
    hourly.report(week=hours.five_hours(one), by=hours.worker_of(one), at=moment(15, 20))
    hours.let_pass(moment(16, 9))
    hourly.review(week=hours.week(one.engagement), by=hours.client_of(one), at=moment(16, 10))
    third = hours.pay(hours.week(one.engagement, 3), at=moment(17, 9))
    assert third is not None
    assert third.amount_yen == 7_913
    assert [hours.week(one.engagement, number).is_funded for number in (1, 2, 3)] == [False, True, True]
    assert hours.week(one.engagement).hold.status == "rolled"
    assert_clean()


def test_a_week_in_which_nobody_worked_rolls_on_by_itself() -> None:
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    hours.pay(hours.week(one.engagement, 2), at=moment(10, 8))
    hours.let_pass(moment(23, 1))
    first, second, third = (hours.week(one.engagement, number) for number in (1, 2, 3))
    assert (first.status, first.approved_yen, first.hold.status) == ("approved", 0, "rolled")
    assert (second.is_funded, third.is_funded, third.hold.funded_by) == (True, True, None)
    assert_clean()


def rolled_on_in_silence() -> WorkWeek:
    """Paid in for the first week; nobody does anything any more, so that the money rolls on by itself."""
    one = hours.funded()
    hours.let_pass(moment(23, 1))
    third = hours.week(one.engagement, 3)
    assert (third.is_funded, third.hold.funded_by) == (True, None)
    return one


def test_money_does_not_roll_on_for_ever_while_nobody_does_anything() -> None:
    one = rolled_on_in_silence()
    hours.let_pass(moment(14, 5, month=12))
    assert Contract.objects.get().status == "active", "three idle weeks, and the first that was paid for"
    hours.let_pass(moment(14, 6, month=12))
    assert Contract.objects.get().status == "ended"
    assert not [week for week in WorkWeek.objects.select_related("hold") if week.is_pending or week.is_funded]
    assert sum(Refund.objects.values_list("amount_yen", flat=True)) == hours.week(one.engagement).hold.client_pays_yen
    assert_clean()


@pytest.mark.parametrize("sign", ["record", "pay"])
def test_a_sign_of_either_side_keeps_it_going(sign: str) -> None:
    """Four weeks in a row without anything are counted from the last in which something was done."""
    of = rolled_on_in_silence().engagement
    if sign == "record":
        hours.worked(hours.week(of, 3), moment(24, 9), moment(24, 10))
    else:
        hours.pay(hours.week(of, 4), at=moment(24, 9))
    hours.let_pass(moment(14, 7, month=12))
    assert Contract.objects.get().status == "active"
    hours.let_pass(moment(31, 7, month=12))
    hours.let_pass(datetime(2027, 1, 31, 0, 0, tzinfo=JST))
    assert Contract.objects.get().status == ("completed" if sign == "record" else "ended")
    assert_clean()


def test_where_nothing_is_held_and_nobody_works_it_ends_after_four_weeks() -> None:
    of = hours.agreed(holds_money=False)
    hours.let_pass(moment(7, 5, month=12))
    assert Contract.objects.get().status == "active"
    hours.let_pass(moment(7, 6, month=12))
    assert Contract.objects.get().status == "ended"
    assert hours.engagement(of.contract).stops_at == moment(7, 6, month=12)


def test_the_end_of_the_work_overtakes_what_waits_for_an_answer() -> None:
    one = hours.funded()
    contract, client = one.engagement.contract, hours.client_of(one)
    asked = {"contract": contract, "reason": "相談のうえ", "by": client, "at": moment(9, 10)}
    end = contracts.propose_end(**asked, settlement={}, request_key=uuid4())
    change = contracts.propose_change(**asked, scope="在庫表の更新も含む。", request_key=uuid4())
    hourly.finish(engagement=one.engagement, reason="終了", by=client, at=moment(9, 11))
    for waiting in (end, change):
        waiting.refresh_from_db()
        assert waiting.status == "withdrawn"


def test_everybody_silent_the_week_is_reported_and_approved_in_time() -> None:
    one = hours.five_hours(hours.funded())
    hours.let_pass(moment(16, 5, 59))
    assert hours.week(one.engagement).status == "open"
    hours.let_pass(moment(16, 6))
    assert hours.week(one.engagement).status == "reported"
    hours.let_pass(moment(22, 23, 59))
    assert hours.week(one.engagement).status == "reported"
    hours.let_pass(moment(23, 0))
    assert hours.week(one.engagement).status == "approved"
    assert reward_yen(one.engagement) == 6_262
    assert_clean()


def test_four_unpaid_weeks_end_the_contract_and_everything_is_settled() -> None:
    one = hours.approved()
    hours.let_pass(moment(31, 0, month=12))
    contract = Contract.objects.get(pk=one.engagement.contract_id)
    assert contract.status == "completed"
    assert set(WorkWeek.objects.values_list("status", flat=True)) <= {"approved", "skipped", "settled"}
    assert hours.week(one.engagement).hold.balance_yen == 0
    assert_clean()


def test_a_line_that_was_sent_back_is_answered_and_approved_by_silence() -> None:
    one = hours.returned()
    assert (one.status, one.approved_minutes, reward_yen(one.engagement)) == ("returned", 120, 2_505)
    line = hours.lines(one)[1]
    said = hourly.Answer(text="30分は休憩でした。", ended_at=moment(10, 15, 30))
    hourly.answer(week=one, answers={line.pk: said}, by=hours.worker_of(one), at=moment(17, 9))
    one = hours.week(one.engagement)
    assert (one.status, one.act_by) == ("answered", moment(22, 23, 59))
    hours.let_pass(moment(23, 0))
    one = hours.week(one.engagement)
    assert (one.status, one.approved_minutes, one.approved_yen) == ("approved", 270, 6_750)
    assert TimeEntry.objects.get(pk=line.pk).traces.get().kind == "corrected"
    assert_clean()


def test_silence_takes_out_what_was_sent_back() -> None:
    one = hours.returned()
    hours.let_pass(moment(21, 23, 59))
    one = hours.week(one.engagement)
    assert (one.status, one.approved_minutes, one.approved_yen) == ("approved", 120, 3_000)
    assert_clean()


def test_the_written_terms_say_the_cycle() -> None:
    one = hours.funded()
    document = Terms.objects.get(contract=one.engagement.contract).document
    assert document["way"]["hours_per_week"] == 8
    assert document["way"]["unit_price"]["amount_yen"] == 1_500
    assert any("日曜24時まで" in words for words in document["way"]["words"])


def test_where_nothing_is_held_the_client_pays_after_approving() -> None:
    one = hours.agreed(holds_money=False)
    week = hours.five_hours(hours.week(one))
    hourly.report(week=week, by=hours.worker_of(week), at=moment(15, 20))
    hourly.review(week=week, by=hours.client_of(week), at=moment(16, 10))
    week = hours.week(one)
    assert (week.is_owed, week.hold, week.pay_by) == (True, None, moment(23, 23, 59))
    hours.pay_after(week, at=moment(17))
    week = hours.week(one)
    assert (week.is_owed, week.hold.status, week.pay_by) == (False, "released", None)
    assert reward_yen(one) == 6_262
    assert_clean()


def test_where_nothing_is_held_and_nobody_pays_the_work_stops_and_can_still_be_paid() -> None:
    one = hours.agreed(holds_money=False)
    week = hours.five_hours(hours.week(one))
    hours.let_pass(moment(2, 0, month=12))
    week = hours.week(one)
    assert (week.status, week.is_owed, week.unpaid_at) == ("approved", True, moment(30, 23, 59))
    assert Contract.objects.get(pk=one.contract_id).status == "completed"
    hours.pay_after(week, at=moment(3, month=12))
    assert reward_yen(one) == 6_262
    assert_clean()
