"""Proposals to change or to end that nobody answers lapse at a published moment, and the contract goes on."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.infra import timers
from nakadachi.infra.clock import now
from nakadachi.infra.days import day_and_time
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import JST, jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions, queries
from nakadachi.market.contracts.models import Contract, EndProposal, Terms, TermsChange
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.notifications.models import Notice
from tests import cast, hours, walk
from tests.cast import by
from tests.jobs import run_jobs
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db
START, SECOND = walk.START, timedelta(seconds=1)
OVER = datetime(2026, 11, 9, 23, 59, tzinfo=JST)
AWAY = [(-SECOND, False), (0 * SECOND, True), (SECOND, True)]


def next_monday() -> date:
    today = jst_date(now())
    return today + timedelta(days=7 - today.weekday())


def refused(call, **words) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        call(**words)
    assert fingerprint() == before
    return caught.value.refusal.code


@pytest.mark.parametrize(("away", "is_due"), AWAY)
def test_a_change_lapses_exactly_then(away, is_due):
    change = walk.propose_change(walk.funded())
    assert change.answer_by == OVER
    assert timers.run(at=OVER + away)["changes nobody answered"] == int(is_due)
    assert timers.run(at=OVER + away)["changes nobody answered"] == 0
    assert TermsChange.objects.get().status == ("lapsed" if is_due else "open")
    assert Terms.objects.count() == 1


@pytest.mark.parametrize(("away", "is_due"), AWAY)
def test_an_ending_lapses_exactly_then(away, is_due):
    one = walk.funded()
    walk.propose_end(one)
    assert timers.run(at=OVER + away)["endings nobody answered"] == int(is_due)
    assert EndProposal.objects.get().status == ("lapsed" if is_due else "open")
    assert (Contract.objects.get().status, walk.milestone(one.contract).hold.status) == ("active", "funded")
    assert_clean()


def test_an_answer_is_in_time_until_then():
    one = walk.funded()
    change, end = walk.propose_change(one), walk.propose_end(one)
    client, worker = by(one.contract.client), by(one.contract.worker)
    assert refused(actions.accept_change, change=change, by=client, at=OVER) == "change_too_late"
    assert refused(actions.decline_change, change=change, by=client, at=OVER) == "change_too_late"
    assert refused(actions.accept_end, end=end, by=worker, at=OVER) == "end_too_late"
    actions.accept_change(change=change, by=client, at=OVER - SECOND)
    actions.accept_end(end=end, by=worker, at=OVER - SECOND)
    assert Contract.objects.get().status == "ended"


def test_an_agreed_change_waits_as_long_again_for_its_money():
    change = walk.raised(at=START)
    assert TermsChange.objects.get().answer_by == OVER
    assert refused(walk.top_up, change=change, at=OVER) == "change_too_late"
    assert timers.run(at=OVER)["changes nobody answered"] == 1
    assert TermsChange.objects.get().status == "lapsed"
    assert walk.milestone(change.contract).amount_yen == 10_000
    assert_clean()


def test_a_difference_that_is_being_paid_is_waited_for():
    change = walk.raised(at=START)
    walk.top_up(change, card=cards.BY_NAME["delayed_days"].number, at=OVER - timedelta(hours=1))
    assert timers.run(at=OVER)["changes nobody answered"] == 0
    assert TermsChange.objects.get().status == "agreed"


def test_both_are_told_why():
    one = walk.funded()
    walk.propose_change(one)
    walk.propose_end(one)
    walk.raised()
    timers.run(at=OVER)
    run_jobs("notifications.spread")
    kinds = list(Notice.objects.filter(kind__contains="lapse").order_by("kind").values_list("kind", flat=True))
    assert kinds == 2 * ["endproposal.lapse"] + 2 * ["termschange.lapse"] + 2 * ["termschange.lapse.unpaid"]


def test_the_page_and_the_list_of_what_waits_name_the_moment(client):
    one = walk.funded(at=now())
    change = walk.propose_change(one, at=now())
    client.force_login(one.contract.client)
    said = f"{day_and_time(change.answer_by)}までに回答がない場合、この提案は自動的に終了し"
    page = reverse("contracts:detail", args=[one.contract_id])
    assert said in client.get(page).content.decode()
    client.force_login(one.contract.worker)
    assert said in client.get(page).content.decode()
    todos = {todo.kind: todo.until for todo in queries.todo_for(by(one.contract.client), now())}
    assert todos["answer_change"] == change.answer_by


def test_an_hourly_contract_that_is_over_leaves_no_change_to_answer():
    from nakadachi.market.hourly import actions as hourly

    engagement = hours.agreed()
    contract = engagement.contract
    actions.propose_change(
        contract=contract, scope="登録と確認", reason="範囲の確認", request_key=uuid4(), by=by(cast.minato()), at=START
    )
    hourly.finish(engagement=engagement, reason="終わります", by=by(cast.hanako()), at=START + timedelta(hours=1))
    assert Contract.objects.get(pk=contract.pk).is_over
    assert TermsChange.objects.get().status == "withdrawn"
    assert Event.objects.filter(kind="termschange.overtake").count() == 1
    assert [todo for todo in queries.todo_for(by(cast.hanako()), START) if todo.kind == "answer_change"] == []


def test_the_page_of_hourly_work_shows_a_change_that_waits_and_the_way_to_one(client):
    contract = hours.agreed(at=now(), starts_on=next_monday()).contract
    page = reverse("hourly:contract", args=[contract.pk])
    client.force_login(cast.minato())
    assert reverse("contracts:change_new", args=[contract.pk]) in client.get(page).content.decode()
    change = actions.propose_change(
        contract=contract, scope="登録と確認", reason="範囲の確認", request_key=uuid4(), by=by(cast.minato()), at=now()
    )
    client.force_login(cast.hanako())
    shown = client.get(page).content.decode()
    assert reverse("contracts:change_acceptance", args=[contract.pk, change.pk]) in shown
    assert f"{day_and_time(change.answer_by)}までに回答がない場合" in shown
    assert shown.count("btn--primary") == 1
