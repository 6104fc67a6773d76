"""取引期限: where it begins, what moves it, what its time brings about, and how both put it off by agreement."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.infra import timers
from nakadachi.infra.clock import now
from nakadachi.infra.days import day_and_time, long_day
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import JST, jst_date, months_later
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions
from nakadachi.market.contracts.models import Contract, Milestone, Terms, TermsChange
from nakadachi.market.contracts.timers import last_minute
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.trust.mediation import actions as mediation
from tests import cast, hours, monthly, walk
from tests.cast import by
from tests.market.state import assert_clean
from tests.trust.mediation import stages

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
BEGUN = datetime(2024, 3, 4, 11, 0, tzinfo=JST)
TIMER = "contracts ended by their deadline"


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 15, 0, tzinfo=JST)


def ends_on(contract: Contract) -> date:
    return jst_date(Contract.objects.get(pk=contract.pk).deal_ends_at)


def rows() -> tuple:
    models = (Contract, Milestone, TermsChange, Terms, Event)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def refused(call, *arguments, **words) -> str:
    before = rows()
    with pytest.raises(Refused) as caught:
        call(*arguments, **words)
    assert rows() == before
    return caught.value.refusal.code


def put_off(contract: Contract, to_on: date, at: datetime = walk.START, member=None, key=None) -> TermsChange:
    return actions.propose_change(
        contract=contract,
        deal_ends_on=to_on,
        reason="取材の都合で長くなるため",
        request_key=key or uuid4(),
        by=by(member or cast.minato()),
        at=at,
    )


def test_the_published_example():
    """Agreed 2024-03-04: a year. Money with five months left changes nothing, a delivery in the last does."""
    contract = walk.agreed(at=BEGUN)
    assert ends_on(contract) == date(2025, 3, 4)
    walk.pay(walk.milestone(contract), at=moment(2024, 10, 5))
    assert ends_on(contract) == date(2025, 3, 4)
    assert not Event.objects.filter(kind="contract.prolong").exists()
    walk.deliver(walk.milestone(contract), at=moment(2025, 2, 5))
    assert ends_on(contract) == date(2025, 5, 5)
    moved = Event.objects.get(kind="contract.prolong")
    assert moved.data["deal_ends_at"] == last_minute(date(2025, 5, 5)).isoformat()


def test_a_leap_day_has_no_anniversary():
    assert ends_on(walk.agreed(at=moment(2028, 2, 29))) == date(2029, 2, 28)


def test_every_step_moves_it_and_talk_alone_does_not():
    one = walk.funded((10_000, 10_000), at=BEGUN)
    contract, day = one.contract, moment(2025, 1, 1)
    walk.pay(walk.milestone(contract, 2), at=day)
    assert ends_on(contract) == date(2025, 4, 1)
    change = walk.propose_change(one, date(2025, 2, 1), at=moment(2025, 1, 2))
    assert ends_on(contract) == date(2025, 4, 1), "a proposal alone moves nothing"
    actions.accept_change(change=change, by=by(contract.client), at=moment(2025, 1, 3))
    assert ends_on(contract) == date(2025, 4, 3)
    nudged = actions.nudge(contract=contract, request_key=uuid4(), by=by(contract.client), at=moment(2025, 1, 20))
    assert ends_on(contract) == date(2025, 4, 20)
    walk.deliver(one, at=moment(2025, 1, 21))
    assert ends_on(contract) == date(2025, 4, 21)
    walk.accept(walk.milestone(contract), at=moment(2025, 1, 31))
    assert ends_on(contract) == date(2025, 4, 30)
    assert nudged.due_at < Contract.objects.get().deal_ends_at


def test_an_agreed_day_beyond_it_moves_it_behind_that_day():
    assert ends_on(walk.agreed(at=walk.START, due_on=date(2027, 12, 24))) == date(2028, 1, 24)
    one = walk.funded()
    change = walk.propose_change(one, date(2028, 3, 31))
    actions.accept_change(change=change, by=by(one.contract.client), at=walk.START)
    assert ends_on(one.contract) == date(2028, 4, 30)


@pytest.mark.parametrize(("away", "is_due"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_it_ends_exactly_then(away, is_due):
    contract = walk.funded().contract
    ends_at = Contract.objects.get().deal_ends_at
    assert ends_at == datetime(2027, 11, 2, 23, 59, tzinfo=JST)
    assert timers.run(at=ends_at + away)[TIMER] == int(is_due)
    assert timers.run(at=ends_at + away)[TIMER] == 0
    assert Contract.objects.get(pk=contract.pk).status == ("ended" if is_due else "active")
    assert_clean()


def test_delivered_is_paid_undelivered_goes_back_unfunded_is_dropped():
    """The delivery waits because silence could not accept it: the worker of the jobs was down all the time."""
    first = walk.funded((10_000, 20_000, 5_000))
    walk.pay(walk.milestone(first.contract, 2))
    ends_at = Contract.objects.get().deal_ends_at
    walk.deliver(first, at=walk.START)
    assert actions.expire(contract_id=first.contract_id, at=ends_at)
    assert not actions.expire(contract_id=first.contract_id, at=ends_at)
    holds = [walk.milestone(first.contract, position).hold for position in (1, 2, 3)]
    assert [hold.status if hold else "" for hold in holds] == ["released", "refunded", ""]
    assert {one.status for one in Milestone.objects.all()} == {"settled"}
    ended = Event.objects.get(kind="contract.end")
    assert (ended.actor_kind, ended.data["expired"]) == ("system", True)
    assert_clean()


def test_whatever_waits_is_closed_with_it():
    one = walk.funded((10_000, 10_000))
    end = walk.propose_end(one)
    change = put_off(one.contract, date(2027, 11, 30), at=moment(2027, 10, 1))
    assert actions.expire(contract_id=one.contract_id, at=last_minute(date(2027, 11, 2)))
    end.refresh_from_db()
    change.refresh_from_db()
    assert (end.status, change.status) == ("withdrawn", "withdrawn")


def test_both_put_it_off_by_agreement():
    one = walk.funded()
    contract, to_on = one.contract, date(2028, 6, 1)
    at = moment(2027, 10, 1)
    assert refused(put_off, contract, date(2027, 11, 2), at) == "deadline_not_later"
    assert refused(put_off, contract, date(2028, 10, 2), at) == "deadline_too_far"
    change = put_off(contract, to_on, at)
    assert ends_on(contract) == date(2027, 11, 2)
    assert refused(actions.accept_change, change=change, by=by(contract.client), at=at) == "change_own"
    with pytest.raises(NotVisible):
        actions.accept_change(change=change, by=by(cast.sakura()), at=at)
    actions.accept_change(change=change, by=by(contract.worker), at=at)
    assert ends_on(contract) == to_on
    document = Terms.objects.order_by("-version").first().document
    assert document["deadline"]["ends_on"] == "2028-06-01"
    assert "2028年6月1日の23時59分" in document["deadline"]["words"][0]
    assert not actions.expire(contract_id=contract.pk, at=last_minute(to_on) - SECOND)
    assert actions.expire(contract_id=contract.pk, at=last_minute(to_on))


def test_what_was_proposed_and_overtaken_by_a_step_is_not_agreed_to():
    one = walk.funded()
    change = put_off(one.contract, date(2027, 11, 20), at=moment(2027, 10, 1))
    walk.deliver(one, at=moment(2027, 10, 2))
    assert ends_on(one.contract) == date(2028, 1, 2)
    at = moment(2027, 10, 3)
    assert refused(actions.accept_change, change=change, by=by(one.contract.worker), at=at) == "change_overtaken"


def test_the_same_form_twice_is_once():
    contract, key = walk.funded().contract, uuid4()
    at = moment(2027, 10, 1)
    assert put_off(contract, date(2028, 1, 1), at, key=key) == put_off(contract, date(2028, 1, 1), at, key=key)
    assert TermsChange.objects.count() == 1


def test_money_that_stands_still_waits_for_its_own_clock():
    """A case opened a week before the deadline runs to its published default; then the rest of the contract ends."""
    one = walk.funded((10_000, 20_000))
    walk.pay(walk.milestone(one.contract, 2))
    ends_at = Contract.objects.get().deal_ends_at
    case = stages.claim(one, at=ends_at - timedelta(days=7))
    assert timers.run(at=ends_at)[TIMER] == 0
    assert not actions.expire(contract_id=one.contract_id, at=ends_at)
    over_at = ends_at + timedelta(days=60)
    done = timers.play(until=over_at)
    assert (done[TIMER], Contract.objects.get().status) == (1, "ended")
    assert {walk.milestone(one.contract, position).hold.status for position in (1, 2)} == {"refunded"}
    case.refresh_from_db()
    assert Contract.objects.get().closed_at >= case.closed_at > ends_at
    assert_clean()


def test_a_mediation_that_is_taken_back_gives_its_days_back():
    one = walk.funded()
    ends_at = Contract.objects.get().deal_ends_at
    case = stages.claim(one, at=ends_at - timedelta(days=2))
    mediation.withdraw(case=case, by=by(cast.minato()), at=ends_at + timedelta(days=3, hours=1))
    assert Contract.objects.get().deal_ends_at == ends_at + timedelta(days=6)
    assert walk.deliver(walk.milestone(one.contract), at=ends_at + timedelta(days=4)).status == "delivered"


def test_a_dispute_that_is_won_gives_its_days_back():
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    ends_at = Contract.objects.get().deal_ends_at
    opened_at = walk.START + timedelta(minutes=5)
    clockwork.run(at=opened_at)
    payments.reconcile(at=opened_at)
    assert walk.milestone(one.contract).is_frozen
    decided_at = ends_at + timedelta(days=1)
    assert timers.run(at=decided_at)[TIMER] == 0
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=True, at=decided_at)
    payments.reconcile(at=decided_at)
    assert Contract.objects.get().deal_ends_at - ends_at >= decided_at - opened_at


def test_a_card_that_is_being_charged_is_waited_for():
    one = walk.milestone(walk.agreed())
    ends_at = Contract.objects.get().deal_ends_at
    waiting = walk.pay(one, card=cards.BY_NAME["delayed_days"].number, at=ends_at - timedelta(hours=1))
    assert waiting.is_pending
    assert refused(actions.expire, contract_id=one.contract_id, at=ends_at) == "funding_in_process"
    assert timers.run(at=ends_at)[TIMER] == 0


def test_a_month_nobody_delivers_comes_back_to_the_client():
    contract = monthly.agreed()
    first = monthly.month(contract)
    assert ends_on(contract) == max(date(2027, 2, 2), months_later(first.due_on, 1))
    walk.pay(first, at=walk.START + timedelta(days=20))
    paid_until = ends_on(contract)
    assert paid_until == date(2027, 2, 22)
    timers.play(until=last_minute(paid_until) - SECOND)
    assert monthly.month(contract).hold.status == "funded"
    assert Contract.objects.get().status == "active"
    timers.play(until=last_minute(ends_on(contract)))
    assert monthly.month(contract).hold.status == "refunded"
    assert Contract.objects.get().status == "ended"
    assert_clean()


def test_a_month_that_is_paid_has_time_until_after_its_last_day():
    contract = monthly.agreed()
    walk.pay(monthly.month(contract))
    timers.play(until=walk.START + timedelta(days=55))
    second = monthly.month(contract, 2)
    walk.pay(second, at=walk.START + timedelta(days=55))
    assert Contract.objects.get().deal_ends_at >= last_minute(months_later(second.due_on, 1))


def test_work_by_the_hour_has_none():
    contract = hours.agreed().contract
    assert contract.deal_ends_at is None
    assert refused(put_off, contract, date(2027, 11, 30)) == "deadline_not_here"
    assert not actions.expire(contract_id=contract.pk, at=walk.START + timedelta(days=4_000))


def test_an_offer_has_none_yet():
    assert walk.offered().deal_ends_at is None


def test_the_page_says_from_the_first_day_what_happens_then(client):
    contract = walk.funded(at=now()).contract
    page = reverse("contracts:detail", args=[contract.pk])
    ends_at = Contract.objects.get().deal_ends_at
    said = f"{day_and_time(ends_at)}までに操作がない場合、自動的に、納品済みの分は報酬が確定し"
    for member in (cast.minato(), cast.hanako()):
        client.force_login(member)
        shown = client.get(page).content.decode()
        assert said in shown
        assert "取引期限が近づいています" not in shown
    form = reverse("contracts:change_new", args=[contract.pk], query={"milestone": "deadline"})
    assert "取引期限を延ばす" in client.get(form).content.decode()
    early = {"request_key": str(uuid4()), "reason": "長くなるため", "deal_ends_on": jst_date(now()).isoformat()}
    kept = client.post(form, early)
    assert kept.status_code == 422
    assert "それより後の日を選んでください" in kept.content.decode()
    assert not TermsChange.objects.exists()
    later = (jst_date(ends_at) + timedelta(days=1)).isoformat()
    beyond = client.post(form, early | {"deal_ends_on": later})
    assert beyond.status_code == 422
    Contract.objects.update(deal_ends_at=ends_at - timedelta(days=60))
    assert client.post(form, early | {"deal_ends_on": (jst_date(ends_at) - DAY).isoformat()}).status_code == 302
    change = TermsChange.objects.get()
    client.force_login(cast.minato())
    answer = reverse("contracts:change_acceptance", args=[contract.pk, change.pk])
    assert long_day(change.deal_ends_on) in client.get(answer).content.decode()
    assert client.post(answer).status_code == 302
    assert ends_on(contract) == change.deal_ends_on


def test_a_month_before_the_page_warns(client):
    contract = walk.funded(at=now() - timedelta(days=345)).contract
    page = reverse("contracts:detail", args=[contract.pk])
    client.force_login(cast.hanako())
    assert "取引期限が近づいています" in client.get(page).content.decode()
