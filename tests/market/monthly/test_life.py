"""A life of work by the month, through the real actions: paid ahead, delivered, followed, ended by notice."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from nakadachi.infra import timers
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Terms
from nakadachi.market.contracts.timers import fund_until, last_minute
from nakadachi.market.monthly import actions
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.money.payments.models import Refund
from tests import cast, monthly, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db
STARTS_ON = date(2026, 12, 15)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=JST)


def fresh(contract: Contract) -> Contract:
    return Contract.objects.get(pk=contract.pk)


def days(one) -> tuple[date, date]:
    return one.period_from, one.period_to


def test_the_first_month_is_written_down_with_the_agreement_and_the_terms_say_all():
    contract = monthly.agreed(starts_on=STARTS_ON)
    one = monthly.month(contract)
    assert days(one) == (date(2026, 12, 15), date(2027, 1, 14))
    assert (one.amount_yen, one.due_on, one.status) == (50_000, date(2027, 1, 14), "open")
    assert one.title == "2026年12月15日〜2027年1月14日分"
    plan = monthly.plan_of(contract)
    assert (plan.status, plan.next_from, plan.next_at.date()) == ("running", date(2027, 1, 15), date(2027, 1, 4))
    way = Terms.objects.get(contract=contract).document["way"]
    assert way["unit_price"]["worker_receives_yen"] == 41_750
    assert (way["month_scope"], way["notice_days"], way["anchor_day"]) == ("記事5本", 14, 15)
    text = "".join(way["words"])
    assert "報酬は月額¥50,000(税込)とする。" in text
    assert "毎月15日から1か月ごとに区切る" in text
    assert "開始日の前日までに" in text, "the day that the page names as well"
    assert fund_until(one) == last_minute(date(2026, 12, 14))
    assert "申し出の日から14日後に終了する" in text
    assert "6か月以上続いているときは、申し出から終了まで30日以上" in text


def test_calendar_months_begin_with_a_share_of_the_first():
    contract = monthly.agreed(starts_on=date(2026, 12, 15), on_the_first=True)
    one = monthly.month(contract)
    assert days(one) == (date(2026, 12, 15), date(2026, 12, 31))
    assert one.amount_yen == 27_419, "17 of 31 days"
    assert "日割りで¥27,419" in "".join(Terms.objects.get(contract=contract).document["way"]["words"])
    assert days(monthly.next_month(contract)) == (date(2027, 1, 1), date(2027, 1, 31))


def test_worked_journal_of_a_month():
    contract = monthly.agreed(starts_on=STARTS_ON)
    one = monthly.worked(contract, monthly.month(contract))
    assert (one.status, one.hold.status) == ("accepted", "released")
    heads = ledger.journals_of("hold", [one.hold_id])[one.hold_id]
    release = ledger.journal(next(head.journal_id for head in heads if head.kind == "hold.release"))
    assert {line.account.partition(":")[0]: line.amount_yen for line in release.lines} == {
        "hold": -52_750,
        "member": 41_750,
        "fee_revenue_worker": 7_500,
        "fee_revenue_client": 2_500,
        "consumption_tax_payable": 1_000,
    }
    assert fresh(contract).status == "active", "further months follow"
    assert_clean()


def test_month_follows_month_by_the_clock_each_once():
    contract = monthly.agreed(starts_on=date(2026, 12, 31))
    for number in range(1, 5):
        one = monthly.month(contract, number)
        monthly.worked(contract, one)
        timers.play(until=noon(one.period_to + timedelta(days=2)))
    assert [days(one) for one in monthly.months_of(contract)] == [
        (date(2026, 12, 31), date(2027, 1, 30)),
        (date(2027, 1, 31), date(2027, 2, 27)),
        (date(2027, 2, 28), date(2027, 3, 30)),
        (date(2027, 3, 31), date(2027, 4, 29)),
        (date(2027, 4, 30), date(2027, 5, 30)),
    ]
    assert_clean()


def test_writing_a_month_down_early_or_again_does_nothing():
    contract = monthly.funded(starts_on=STARTS_ON)
    due_at = monthly.plan_of(contract).next_at
    before = fingerprint()
    assert not actions.open_month(contract_id=contract.pk, at=due_at - timedelta(seconds=1))
    assert fingerprint() == before
    assert actions.open_month(contract_id=contract.pk, at=due_at)
    before = fingerprint()
    assert not actions.open_month(contract_id=contract.pk, at=due_at)
    assert fingerprint() == before


def test_an_unpaid_month_does_not_begin_and_the_contract_goes_no_further():
    contract = monthly.agreed(starts_on=STARTS_ON)
    first = monthly.month(contract)
    walk.pay(first, at=noon(STARTS_ON))
    walk.deliver(first, at=noon(first.period_to))
    timers.play(until=noon(date(2027, 1, 22)))
    second = monthly.month(contract, 2)
    assert (second.status, monthly.plan_of(contract).status) == ("open", "running")
    assert second.fund_by == datetime(2027, 1, 22, 23, 59, tzinfo=JST)
    done = timers.play(until=second.fund_by)
    assert done["unpaid months that did not begin"] == 1
    assert (monthly.month(contract, 2).status, monthly.plan_of(contract).status) == ("settled", "stopped")
    assert fresh(contract).status == "active", "the first month waits for its inspection"
    timers.play(until=noon(date(2027, 3, 1)))
    assert (monthly.month(contract).status, fresh(contract).status) == ("accepted", "ended")
    assert_clean()


def test_a_contract_whose_first_month_is_never_paid_ends_by_itself():
    contract = monthly.agreed(starts_on=STARTS_ON)
    timers.play(until=noon(date(2028, 1, 1)))
    assert (fresh(contract).status, len(monthly.months_of(contract))) == ("ended", 1)


def test_money_that_comes_in_late_keeps_the_month_until_its_last_minute():
    contract = monthly.agreed(starts_on=STARTS_ON)
    one = monthly.month(contract)
    walk.pay(one, at=one.fund_by - timedelta(minutes=1))
    assert not actions.not_begun(milestone_id=one.pk, at=one.fund_by)
    assert monthly.month(contract).is_funded


def test_a_month_whose_card_is_being_charged_is_waited_for():
    contract = monthly.agreed(starts_on=STARTS_ON)
    one = monthly.month(contract)
    walk.pay(one, card=cards.BY_NAME["challenge"].number, at=one.fund_by - timedelta(minutes=1))
    before = fingerprint()
    assert not actions.not_begun(milestone_id=one.pk, at=one.fund_by)
    assert fingerprint() == before


def test_a_month_is_paid_once_however_often_the_form_is_sent():
    contract = monthly.agreed(starts_on=STARTS_ON)
    one = monthly.month(contract)
    key = uuid4()
    first = contracts.start_funding(milestone=one, request_key=key, by=by(contract.client), at=walk.START)
    again = contracts.start_funding(milestone=one, request_key=key, by=by(contract.client), at=walk.START)
    assert first.pk == again.pk
    walk.pay(one)
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        contracts.start_funding(milestone=one, request_key=uuid4(), by=by(contract.client), at=walk.START)
    assert refused.value.refusal.code == "already_funded"
    assert fingerprint() == before
    assert monthly.month(contract).hold.funded_yen == 52_750


@pytest.mark.parametrize("side", ["client", "worker"])
def test_notice_cuts_the_month_to_its_share_and_gives_the_rest_back(side):
    contract = monthly.funded(starts_on=STARTS_ON)
    giver = by(getattr(contract, side))
    actions.give_notice(contract=contract, reason="企画が終わるため", by=giver, at=noon(date(2026, 12, 20)))
    one = monthly.month(contract)
    assert days(one) == (date(2026, 12, 15), date(2027, 1, 3)), "14 days after the 20th"
    assert (one.due_on, one.title) == (date(2027, 1, 3), "2026年12月15日〜2027年1月3日分")
    assert (one.amount_yen, one.hold.amount_yen) == (32_258, 32_258), "20 of 31 days"
    assert one.hold.client_pays_yen == 34_032
    assert one.hold.lowered_yen == 52_750 - 34_032
    refund = Refund.objects.get()
    assert refund.amount_yen == 52_750 - 34_032
    assert monthly.plan_of(contract).status == "stopped"
    monthly.worked(contract, one)
    assert fresh(contract).status == "completed"
    assert_clean()


def test_a_month_whose_form_was_sent_before_the_notice_is_not_paid_whole():
    contract = monthly.agreed(starts_on=STARTS_ON)
    one, client = monthly.month(contract), by(contract.client)
    old = contracts.start_funding(milestone=one, request_key=uuid4(), by=client, at=noon(date(2026, 12, 20)))
    actions.give_notice(contract=contract, reason="終了", by=by(contract.worker), at=noon(date(2026, 12, 20)))
    payments.charge(payment_id=old.pk, card_token=cards.SUCCESS, by=client, at=noon(date(2026, 12, 20)))
    assert Refund.objects.get().amount_yen == old.amount_yen == 52_750
    walk.pay(monthly.month(contract), at=noon(date(2026, 12, 20)))
    assert monthly.month(contract).hold.funded_yen == 34_032, "20 of 31 days"
    assert_clean()


def test_a_price_proposed_before_the_notice_no_longer_fits_the_month_that_was_cut():
    """It was proposed for the whole month; agreed to now it would give more for three weeks than for four."""
    contract = monthly.funded(starts_on=STARTS_ON)
    one, client, worker = monthly.month(contract), by(contract.client), by(contract.worker)
    asked = {"contract": contract, "reason": "範囲を減らすため", "request_key": uuid4()}
    change = contracts.propose_change(**asked, prices={one.pk: 40_000}, by=client, at=noon(date(2026, 12, 18)))
    actions.give_notice(contract=contract, reason="企画が終わるため", by=client, at=noon(date(2026, 12, 20)))
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        contracts.accept_change(change=change, by=worker, at=noon(date(2026, 12, 21)))
    assert refused.value.refusal.code == "change_overtaken"
    assert fingerprint() == before
    assert monthly.month(contract).amount_yen == 32_258


def test_notice_after_six_months_takes_thirty_days_and_months_go_on_until_then():
    contract = monthly.agreed(starts_on=STARTS_ON)
    while monthly.plan_of(contract).next_from < date(2027, 7, 1):
        monthly.worked(contract, monthly.months_of(contract)[-1])
        monthly.next_month(contract)
    at = noon(date(2027, 6, 16))
    plan = actions.give_notice(contract=contract, reason="予算のため", by=by(contract.client), at=at)
    assert plan.ends_on == date(2027, 7, 16), "thirty days, though fourteen were agreed"
    assert plan.status == "leaving"
    last = monthly.next_month(contract)
    assert days(last) == (date(2027, 7, 15), date(2027, 7, 16))
    assert last.amount_yen == 3_226, "2 of 31 days"
    assert monthly.plan_of(contract).status == "stopped"
    for one in monthly.months_of(contract):
        if one.status == "open":
            monthly.worked(contract, one)
    assert fresh(contract).status == "completed"
    assert_clean()


def test_a_month_paid_ahead_of_the_last_day_goes_back_whole():
    contract = monthly.funded(starts_on=STARTS_ON, notice_days=1)
    following = monthly.next_month(contract)
    walk.pay(following, at=noon(date(2027, 1, 5)))
    actions.give_notice(
        contract=contract, reason="事情が変わったため", by=by(contract.worker), at=noon(date(2027, 1, 10))
    )
    first, second = monthly.months_of(contract)
    assert (second.status, second.hold.status) == ("settled", "refunded")
    assert first.period_to == date(2027, 1, 11)
    assert_clean()


def test_what_was_delivered_is_not_cut():
    contract = monthly.funded(starts_on=STARTS_ON)
    walk.deliver(monthly.month(contract), at=noon(date(2026, 12, 18)))
    actions.give_notice(contract=contract, reason="終了", by=by(contract.client), at=noon(date(2026, 12, 20)))
    one = walk.accept(monthly.month(contract), at=noon(date(2026, 12, 21)))
    assert (one.amount_yen, fresh(contract).status) == (50_000, "completed")


REFUSED = [
    ("before the first day", "client", date(2026, 12, 14), "事情", "monthly_not_begun"),
    ("without a reason", "client", date(2026, 12, 20), "　", "monthly_reason_missing"),
    ("too long a reason", "worker", date(2026, 12, 20), "長" * 20_001, "reason_too_long"),
]


@pytest.mark.parametrize(("side", "on", "reason", "code"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED])
def test_notice_that_is_refused_changes_nothing(side, on, reason, code):
    contract = monthly.funded(starts_on=STARTS_ON)
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        actions.give_notice(contract=contract, reason=reason, by=by(getattr(contract, side)), at=noon(on))
    assert refused.value.refusal.code == code
    assert fingerprint() == before


def test_notice_once_and_by_nobody_else():
    contract, stranger = monthly.funded(starts_on=STARTS_ON), by(cast.sakura())
    at = noon(date(2026, 12, 20))
    before = fingerprint()
    with pytest.raises(NotVisible):
        actions.give_notice(contract=contract, reason="他人", by=stranger, at=at)
    assert fingerprint() == before
    actions.give_notice(contract=contract, reason="終了", by=by(contract.client), at=at)
    before = fingerprint()
    for giver in (contract.client, contract.worker):
        with pytest.raises(Refused) as refused:
            actions.give_notice(contract=contract, reason="もう一度", by=by(giver), at=at)
        assert refused.value.refusal.code == "monthly_notice_given"
    assert fingerprint() == before


def test_a_client_who_had_a_month_worked_gives_notice_or_agrees_but_the_worker_may_go():
    contract = monthly.agreed(starts_on=STARTS_ON)
    monthly.worked(contract, monthly.month(contract))
    monthly.next_month(contract)
    at = noon(date(2027, 1, 16))
    with pytest.raises(Refused) as refused:
        contracts.end_alone(contract=contract, reason="終了", by=by(contract.client), at=at)
    assert refused.value.refusal.code == "monthly_notice_first"
    end = contracts.propose_end(
        contract=contract, settlement={}, reason="終了", request_key=uuid4(), by=by(contract.client), at=at
    )
    contracts.accept_end(end=end, by=by(contract.worker), at=at)
    assert (fresh(contract).status, monthly.plan_of(contract).status) == ("ended", "stopped")
    assert_clean()


def test_the_worker_goes_while_the_client_waits_for_an_answer():
    contract = monthly.funded(starts_on=STARTS_ON)
    monthly.worked(contract, monthly.month(contract))
    asked = {"settlement": {}, "reason": "終了", "request_key": uuid4()}
    at = noon(date(2027, 1, 20))
    end = contracts.propose_end(contract=contract, **asked, by=by(contract.client), at=at)
    contracts.end_alone(contract=contract, reason="終了", by=by(contract.worker), at=at)
    end.refresh_from_db()
    assert (fresh(contract).status, end.status) == ("ended", "withdrawn"), "nobody waits for an answer to what is over"


def test_before_any_money_either_side_may_end_it():
    for side in ("client", "worker"):
        contract = monthly.agreed(starts_on=STARTS_ON)
        contracts.end_alone(contract=contract, reason="終了", by=by(getattr(contract, side)), at=walk.START)
        assert (fresh(contract).status, monthly.plan_of(contract).status) == ("ended", "stopped")


def test_a_month_given_back_does_not_end_the_others():
    contract = monthly.funded(starts_on=STARTS_ON)
    contracts.hand_back(milestone=monthly.month(contract), by=by(contract.worker), at=noon(date(2026, 12, 20)))
    assert fresh(contract).status == "active"
    assert monthly.next_month(contract).status == "open"
    assert_clean()


def test_silence_of_everybody_ends_with_every_hold_empty():
    contract = monthly.funded(starts_on=STARTS_ON)
    walk.deliver(monthly.month(contract), at=noon(date(2027, 1, 14)))
    timers.play(until=noon(date(2028, 1, 30)))
    assert fresh(contract).status == "ended"
    assert [one.status for one in monthly.months_of(contract)] == ["accepted", "settled"]
    assert_clean()


OFFERS = [
    ("past", {"starts_on": date(2026, 11, 2)}, "monthly_start_past"),
    ("far", {"starts_on": date(2028, 1, 1)}, "monthly_start_far"),
    ("no notice", {"notice_days": 0}, "monthly_notice_outside"),
    ("long notice", {"notice_days": 91}, "monthly_notice_outside"),
    ("no scope", {"month_scope": "　"}, "month_scope_missing"),
    ("long scope", {"month_scope": "長" * 201}, "month_scope_too_long"),
]


@pytest.mark.parametrize(("changes", "code"), [row[1:] for row in OFFERS], ids=[row[0] for row in OFFERS])
def test_an_offer_that_is_refused_changes_nothing(changes, code):
    sent = monthly.proposal()
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        actions.offer(
            proposal=sent,
            scope=walk.SCOPE,
            plan=monthly.draft(changes.pop("starts_on", sent.deliver_on), **changes),
            by=by(sent.job.client),
            at=walk.START,
        )
    assert refused.value.refusal.code == code
    assert fingerprint() == before


def test_an_offer_by_the_month_is_for_a_posting_by_the_month():
    sent = walk.proposal()
    with pytest.raises(Refused) as refused:
        plan = monthly.draft(STARTS_ON)
        actions.offer(proposal=sent, scope=walk.SCOPE, plan=plan, by=by(sent.job.client), at=walk.START)
    assert refused.value.refusal.code == "not_monthly"


def test_the_same_form_twice_makes_one_offer_and_a_late_answer_is_refused():
    sent, key = monthly.proposal(starts_on=date(2026, 11, 5)), uuid4()
    plan = monthly.draft(date(2026, 11, 5))
    made = [
        actions.offer(
            proposal=sent, scope=walk.SCOPE, plan=plan, request_key=key, by=by(sent.job.client), at=walk.START
        )
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        contracts.confirm(contract=made[0], by=by(sent.worker), at=noon(date(2026, 11, 6)))
    assert refused.value.refusal.code == "monthly_start_passed"
    assert fingerprint() == before
