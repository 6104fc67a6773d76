"""The operator's console: from the closing to the bank and back, and 404 for everybody else."""

import csv
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.kernel.actor import Actor
from nakadachi.money.payouts import actions, checks, queries, zengin
from nakadachi.money.payouts.models import ClosingRun, Payout
from tests.earners import hanako, jst, member

pytestmark = pytest.mark.django_db

AFTER = jst(2026, 11, 16, 9)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: AFTER)


@pytest.fixture
def staff(client):
    person = member("運営", is_operator=True)
    client.force_login(person)
    return person


def a_run(person=None) -> ClosingRun:
    person = person or hanako()
    return actions.close(closes_on=date(2026, 11, 15), by=Actor.staff(1), at=AFTER)


def text(answer) -> str:
    return answer.content.decode()


def test_the_whole_way_through_the_pages(client, staff):
    person = hanako()
    assert "締め日を過ぎています" in text(client.get("/staff/"))
    closing = reverse("staff:payouts:closing")
    address = client.post(closing, {"closes_on": "2026-11-15"}).url
    assert client.post(closing, {"closes_on": "2026-11-15"}).url == address
    run = ClosingRun.objects.get()
    page = text(client.get(address))
    assert "¥8,350" in page
    assert "ﾔﾏﾀﾞ ﾊﾅｺ" in page
    file = reverse("staff:payouts:file", args=[run.pk])
    assert client.get(file).status_code == 404
    assert client.post(file).url == address
    first, second = client.get(file), client.get(file)
    assert first.content == second.content
    assert zengin.decode(first.content, year=2026).total_yen == 8_350
    assert first["Content-Disposition"] == f'attachment; filename="zengin-20261130-{run.pk}.txt"'
    sent = reverse("staff:payouts:sent", args=[run.pk])
    refused = client.post(sent, {"bank_charge": "百円", "total": "8,350"})
    assert refused.status_code == 422
    assert "百円" in text(refused)
    another = client.post(sent, {"bank_charge": "145", "total": "8,351"})
    assert another.status_code == 422
    assert "この締めの合計と違います" in text(another)
    table = list(csv.reader(b"".join(client.get(f"{address}csv/").streaming_content).decode().splitlines()))
    assert [table[1][7], table[-1][7]] == ["8350", "8350"]
    assert client.post(sent, {"bank_charge": "１４５円", "total": "￥8,350"}).url == address
    payout = Payout.objects.get()
    assert payout.status == "sent"
    back = reverse("staff:payouts:return", args=[payout.pk])
    assert client.get(back).status_code == 200
    assert client.post(back, {"reason": " "}).status_code == 422
    assert client.post(back, {"reason": "口座名義相違"}).url == address
    assert client.post(back, {"reason": "口座名義相違"}).status_code == 409
    assert queries.balance_yen(person.pk) == 8_350
    assert list(checks.in_transit()) == []
    assert client.get("/staff/payouts/").status_code == 200


def test_an_extra_run_takes_requests_once(client, staff):
    person = hanako(payout_mode="on_request")
    actions.request(member=person, request_key=uuid4(), by=Actor.member(person.pk), at=AFTER)
    assert "臨時で締める" in text(client.get("/staff/payouts/"))
    key = str(uuid4())
    answers = {client.post(reverse("staff:payouts:extra"), {"request_key": key}).url for _ in range(2)}
    run = ClosingRun.objects.get()
    assert answers == {reverse("staff:payouts:detail", args=[run.pk])}
    assert (run.is_extra, run.total_yen, run.pays_on) == (True, 8_350, date(2026, 11, 17))


def test_what_cannot_be_done_is_said(client, staff):
    early = client.post(reverse("staff:payouts:closing"), {"closes_on": "2026-11-30"})
    assert early.status_code == 409
    assert "翌日から締められます" in text(early)
    assert client.post(reverse("staff:payouts:closing"), {"closes_on": "x"}).status_code == 404
    run = a_run(member("口座なし"))
    answer = client.post(reverse("staff:payouts:file", args=[run.pk]))
    assert answer.status_code == 409
    unfiled = client.post(reverse("staff:payouts:sent", args=[run.pk]), {"bank_charge": "0", "total": run.total_yen})
    assert unfiled.status_code == 409


def test_a_run_lists_whom_it_passed_over(client, staff):
    person = hanako()
    person.bank_accounts.update(replaced_at=AFTER)
    run = a_run(person)
    page = text(client.get(reverse("staff:payouts:detail", args=[run.pk])))
    assert "振込先口座が未登録" in page


@pytest.mark.parametrize("who", ["nobody", "member"])
def test_for_everybody_else_the_console_does_not_exist(client, who):
    run = a_run()
    payout = run.payouts.get()
    if who == "member":
        client.force_login(payout.member)
    one = [run.pk]
    gets = [
        reverse("staff:home"),
        reverse("staff:payouts:list"),
        reverse("staff:payouts:detail", args=one),
        reverse("staff:payouts:file", args=one),
        reverse("staff:payouts:return", args=[payout.pk]),
    ]
    posts = [
        reverse("staff:payouts:closing"),
        reverse("staff:payouts:extra"),
        reverse("staff:payouts:file", args=one),
        reverse("staff:payouts:sent", args=one),
        reverse("staff:payouts:return", args=[payout.pk]),
    ]
    assert {client.get(address).status_code for address in gets} == {404}
    fields = {"closes_on": "2026-10-31", "request_key": str(uuid4()), "bank_charge": "0", "reason": "x"}
    assert {client.post(address, fields).status_code for address in posts} == {404}
    run.refresh_from_db()
    assert (run.status, ClosingRun.objects.count()) == ("open", 1)


def test_two_persons_when_the_market_wants_it(client, staff, settings):
    settings.STAFF_TWO_PERSON = True
    run = a_run()
    client.post(reverse("staff:payouts:file", args=[run.pk]))
    sent = reverse("staff:payouts:sent", args=[run.pk])
    fields = {"bank_charge": "0", "total": str(run.total_yen)}
    refused = client.post(sent, fields)
    assert refused.status_code == 403
    assert "別の担当者" in text(refused)
    run.refresh_from_db()
    assert run.status == "filed"
    client.force_login(member("経理", is_operator=True))
    assert client.post(sent, fields).status_code == 302
    run.refresh_from_db()
    assert run.status == "sent"
