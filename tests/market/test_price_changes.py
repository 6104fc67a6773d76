"""Changes of price, scope and rate: the whole is quoted anew, the difference moves, and each has exactly one effect."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.actions import MilestoneDraft, RateDraft
from nakadachi.market.contracts.models import Contract, Milestone, Terms, TermsChange
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import INSUFFICIENT_FUNDS
from nakadachi.money.payments.models import Refund
from tests import cast, monthly, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint
from tests.trust.mediation import stages

pytestmark = pytest.mark.django_db
AT = walk.START


def propose(contract: Contract, *, by_worker: bool = False, at: datetime = AT, **what) -> TermsChange:
    side = contract.worker if by_worker else contract.client
    return contracts.propose_change(
        contract=contract, reason="打ち合わせのとおり", request_key=uuid4(), by=by(side), at=at, **what
    )


def agree(change: TermsChange, *, at: datetime = AT) -> Contract:
    other = change.contract.other_side(change.proposed_by_id)
    return contracts.accept_change(change=change, by=by(other), at=at)


def fresh(change: TermsChange) -> TermsChange:
    return TermsChange.objects.select_related("contract__client", "contract__worker").get(pk=change.pk)


def test_a_lower_price_gives_the_difference_back_under_the_frozen_rule():
    one = walk.funded()
    agree(propose(one.contract, prices={one.pk: 6_000}))
    one = walk.milestone(one.contract)
    assert (one.amount_yen, one.hold.amount_yen, one.hold.client_pays_yen) == (6_000, 6_000, 6_330)
    assert (one.hold.funded_yen, one.hold.lowered_yen, one.hold.balance_yen) == (10_550, 4_220, 6_330)
    assert Refund.objects.get().amount_yen == 4_220
    assert Contract.objects.get().amount_yen == 6_000
    assert Terms.objects.get(version=2).document["totals"]["worker_receives_yen"] == 5_010
    walk.accept(walk.deliver(one))
    assert walk.milestone(one.contract).hold.settled_yen == 6_330
    assert_clean()


def test_what_is_left_after_a_lower_price_goes_back_whole():
    one = walk.funded()
    agree(propose(one.contract, prices={one.pk: 6_000}))
    contracts.hand_back(milestone=walk.milestone(one.contract), by=by(one.contract.worker), at=AT)
    assert sum(Refund.objects.values_list("amount_yen", flat=True)) == 10_550
    assert_clean()


def test_lowered_twice_each_difference_goes_back_once():
    one = walk.funded()
    for amount_yen in (8_000, 5_000):
        agree(propose(one.contract, prices={one.pk: amount_yen}))
    assert sorted(Refund.objects.values_list("amount_yen", flat=True)) == [2_110, 3_165]
    assert walk.milestone(one.contract).hold.balance_yen == 5_275
    assert_clean()


def test_a_higher_price_holds_once_the_difference_is_set_aside():
    change = walk.raised(15_000)
    one = walk.milestone(change.contract)
    assert (change.status, one.amount_yen, one.hold.amount_yen) == ("agreed", 10_000, 10_000), "the old terms hold"
    assert Terms.objects.count() == 1
    payment = walk.top_up(change)
    assert payment.amount_yen == 5_275
    one = walk.milestone(change.contract)
    assert (fresh(change).status, one.amount_yen, one.hold.amount_yen, one.hold.funded_yen) == (
        "accepted", 15_000, 15_000, 15_825,
    )  # fmt: skip
    assert Terms.objects.get(version=2).document["totals"]["amount_yen"] == 15_000
    walk.accept(walk.deliver(one))
    assert walk.milestone(change.contract).hold.status == "released"
    assert_clean()


def test_a_declined_card_changes_nothing_and_another_may_be_tried():
    change = walk.raised()
    walk.top_up(change, card=INSUFFICIENT_FUNDS)
    assert fresh(change).status == "agreed"
    walk.top_up(change)
    assert fresh(change).status == "accepted"
    assert_clean()


def test_the_same_form_twice_pays_the_difference_once():
    change, key = walk.raised(), uuid4()
    client = by(change.contract.client)
    made = [contracts.start_top_up(change=change, request_key=key, by=client, at=AT) for _ in range(2)]
    assert made[0].pk == made[1].pk
    payments.charge(payment_id=made[0].pk, card_token="4242424242424242", by=client, at=AT)
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        contracts.start_top_up(change=change, request_key=uuid4(), by=client, at=AT)
    assert refused.value.refusal.code == "change_not_agreed"
    assert fingerprint() == before


@pytest.mark.parametrize("end", ["drop", "hand_back", "accept"])
def test_money_that_comes_in_after_the_change_is_gone_goes_straight_back(end):
    change = walk.raised()
    one, client = walk.milestone(change.contract), by(change.contract.client)
    payment = contracts.start_top_up(change=change, request_key=uuid4(), by=client, at=AT)
    if end == "drop":
        contracts.drop_change(change=change, by=by(change.contract.worker), at=AT)
    elif end == "hand_back":
        contracts.hand_back(milestone=one, by=by(change.contract.worker), at=AT)
    else:
        walk.accept(walk.deliver(one))
    assert fresh(change).status == "withdrawn"
    payments.charge(payment_id=payment.pk, card_token="4242424242424242", by=client, at=AT)
    assert 5_275 in Refund.objects.values_list("amount_yen", flat=True)
    assert walk.milestone(change.contract).amount_yen == 10_000
    assert_clean()


def test_a_difference_that_was_paid_for_another_price_goes_straight_back():
    """A form of the change that was dropped, charged after both agreed on less: the sum no longer fits."""
    change = walk.raised(15_000)
    one, client = walk.milestone(change.contract), by(change.contract.client)
    old = contracts.start_top_up(change=change, request_key=uuid4(), by=client, at=AT)
    contracts.drop_change(change=change, by=client, at=AT)
    agree(propose(change.contract, prices={one.pk: 13_000}))
    payments.charge(payment_id=old.pk, card_token="4242424242424242", by=client, at=AT)
    assert Refund.objects.get(payment=old).amount_yen == 5_275
    one, later = walk.milestone(change.contract), TermsChange.objects.latest("pk")
    assert (one.amount_yen, one.hold.amount_yen, one.hold.balance_yen) == (10_000, 10_000, 10_550)
    assert (fresh(later).status, Terms.objects.count()) == ("agreed", 1)
    walk.top_up(fresh(later))
    one = walk.milestone(change.contract)
    assert (fresh(later).status, one.hold.amount_yen, one.hold.balance_yen) == ("accepted", 13_000, 13_715)
    assert_clean()


def test_the_price_of_money_that_stands_still_is_not_changed():
    one = walk.funded()
    stages.claim(one)
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        propose(one.contract, prices={one.pk: 6_000})
    assert refused.value.refusal.code == "hold_claimed"
    assert fingerprint() == before


@pytest.mark.parametrize("price_yen", [8_000, 12_000])
def test_a_payment_begun_at_the_old_price_goes_straight_back_and_the_new_one_is_paid(price_yen):
    """Both agree on another price while the client's form is on its way: what the card gave is booked and returned."""
    contract = walk.agreed()
    one, client = walk.milestone(contract), by(contract.client)
    old = contracts.start_funding(milestone=one, request_key=uuid4(), by=client, at=AT)
    agree(propose(contract, prices={one.pk: price_yen}))
    old = payments.charge(payment_id=old.pk, card_token="4242424242424242", by=client, at=AT)
    assert (old.status, old.amount_yen, Refund.objects.get().amount_yen) == ("captured", 10_550, 10_550)
    one = walk.milestone(contract)
    assert (one.is_funded, one.hold.status, one.hold.balance_yen) == (False, "unfunded", 0)
    assert not Event.objects.filter(kind="milestone.fund").exists()
    assert_clean()
    walk.pay(one)
    one = walk.milestone(contract)
    assert (one.is_funded, one.hold.amount_yen, Event.objects.filter(kind="milestone.fund").count()) == (
        True, price_yen, 1,
    )  # fmt: skip
    walk.accept(walk.deliver(one))
    assert_clean()


def test_an_unpaid_price_follows_up_and_down_without_any_payment():
    contract = walk.agreed((6_000, 4_000))
    first, second = walk.milestone(contract), walk.milestone(contract, 2)
    contracts.start_funding(milestone=second, request_key=uuid4(), by=by(contract.client), at=AT)
    agree(propose(contract, prices={first.pk: 9_000, second.pk: 1_000}))
    assert Contract.objects.get().amount_yen == 10_000
    walk.pay(walk.milestone(contract))
    assert walk.milestone(contract).hold.funded_yen == 9_495
    assert_clean()


def test_scope_day_price_and_a_milestone_in_one_change():
    one = walk.funded()
    due_on = walk.DUE_ON + timedelta(days=7)
    added = [MilestoneDraft("追加の記事", 5_000, due_on)]
    agree(propose(one.contract, dates={one.pk: due_on}, prices={one.pk: 8_000}, added=added, scope="記事1本と追加1本"))
    contract, document = Contract.objects.get(), Terms.objects.get(version=2).document
    assert (contract.scope, contract.amount_yen, document["scope"]) == ("記事1本と追加1本", 13_000, "記事1本と追加1本")
    assert [piece["amount_yen"] for piece in document["milestones"]] == [8_000, 5_000]


REFUSED = [
    ("nothing", {}, "change_empty"),
    ("the same price", {"price": 10_000}, "change_same_price"),
    ("too small", {"price": 99}, "milestone_too_small"),
    ("the same scope", {"scope": walk.SCOPE}, "change_same_scope"),
    ("a rate of a project", {"rate": RateDraft(2_000, date(2026, 12, 1))}, "rate_not_here"),
]


@pytest.mark.parametrize(("what", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_change_that_is_refused_changes_nothing(what, code):
    one = walk.funded()
    what = dict(what)
    if "price" in what:
        what["prices"] = {one.pk: what.pop("price")}
    before = fingerprint()
    with pytest.raises(Refused) as refused:
        propose(one.contract, **what)
    assert refused.value.refusal.code == code
    assert fingerprint() == before


def test_what_is_delivered_keeps_its_price():
    one = walk.delivered()
    with pytest.raises(Refused) as refused:
        propose(one.contract, prices={one.pk: 6_000})
    assert refused.value.refusal.code == "change_delivered"


def test_one_raise_of_money_that_is_set_aside_at_a_time():
    contract = walk.agreed((6_000, 4_000))
    for position in (1, 2):
        walk.pay(walk.milestone(contract, position))
    prices = {one.pk: one.amount_yen + 1_000 for one in Milestone.objects.all()}
    with pytest.raises(Refused) as refused:
        propose(contract, prices=prices)
    assert refused.value.refusal.code == "change_one_raise"


def test_a_price_agreed_on_before_the_money_came_no_longer_fits_after_it():
    contract = walk.agreed()
    one = walk.milestone(contract)
    change = propose(contract, prices={one.pk: 8_000})
    walk.pay(one)
    agree(change)
    assert walk.milestone(contract).hold.balance_yen == 8_440, "the difference went back"
    assert_clean()


def test_only_the_client_pays_and_nobody_else_drops():
    change = walk.raised()
    stranger = by(cast.sakura())
    before = fingerprint()
    with pytest.raises(Refused):
        contracts.start_top_up(change=change, request_key=uuid4(), by=by(change.contract.worker), at=AT)
    with pytest.raises(NotVisible):
        contracts.drop_change(change=change, by=stranger, at=AT)
    assert fingerprint() == before


# 単価交渉


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=JST)


def test_another_sum_per_month_from_a_day_on():
    contract = monthly.funded(starts_on=date(2026, 12, 15))
    at = noon(date(2027, 1, 6))
    second = monthly.next_month(contract)
    change = propose(contract, by_worker=True, rate=RateDraft(60_000, date(2027, 1, 15)), at=at)
    agree(change, at=at)
    assert [one.amount_yen for one in monthly.months_of(contract)] == [50_000, 60_000]
    assert monthly.next_month(contract).amount_yen == 60_000
    words = "".join(Terms.objects.get(version=2).document["way"]["words"])
    assert "2027年1月15日以降に始まる月は、月額¥60,000(税込)とする。" in words
    walk.pay(second, at=at)
    assert monthly.month(contract, 2).hold.funded_yen == 63_300
    assert_clean()


def test_a_month_that_is_paid_keeps_its_sum():
    contract = monthly.funded(starts_on=date(2026, 12, 15))
    paid = "monthly_rate_month_paid"
    for from_on, code in ((date(2026, 12, 10), paid), (date(2026, 12, 15), paid), (date(2026, 11, 2), "rate_past")):
        with pytest.raises(Refused) as refused:
            propose(contract, rate=RateDraft(60_000, from_on))
        assert refused.value.refusal.code == code
    for amount_yen, code in ((50_000, "rate_same"), (3_099, "rate_too_small")):
        with pytest.raises(Refused) as refused:
            propose(contract, rate=RateDraft(amount_yen, date(2027, 1, 15)))
        assert refused.value.refusal.code == code
