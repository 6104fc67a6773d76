"""A member's payout pages: asking, taking back, reading; another member's payout does not exist."""

from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.kernel.actor import Actor
from nakadachi.money.payouts import actions, queries
from nakadachi.money.payouts.models import Payout
from tests.earners import earn, hanako, jst, member

pytestmark = pytest.mark.django_db

NOW = jst(2026, 11, 12)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: NOW)


def text(answer) -> str:
    return answer.content.decode()


def ask(client, key=None):
    return client.post(reverse("earnings:payouts:new"), {"request_key": str(key or uuid4())})


def test_the_confirm_page_says_amount_day_and_account_and_a_double_click_is_one(client):
    person = hanako()
    client.force_login(person)
    page = text(client.get(reverse("earnings:payouts:new")))
    assert "11月30日(月)に¥8,350を振り込みます" in page
    assert "楽天銀行" in page
    key = uuid4()
    assert {ask(client, key).url for _ in range(2)} == {f"/earnings/payouts/{Payout.objects.get().pk}/"}
    again = ask(client)
    assert again.status_code == 409
    assert "すでに申請済み" in text(again)
    assert Payout.objects.count() == 1
    assert queries.balance_yen(person.pk) == 0


def test_taking_a_request_back(client):
    person = hanako()
    client.force_login(person)
    address = ask(client).url
    assert "申請を取り消す" in text(client.get(address))
    cancel = reverse("earnings:payouts:cancellation", args=[Payout.objects.get().pk])
    assert client.post(cancel).url == address
    assert client.post(cancel).status_code == 409
    assert client.get(cancel).status_code == 405
    assert queries.balance_yen(person.pk) == 8_350
    assert "取り消されました" in text(client.get(address))


def test_why_not(client):
    person = member("はなこ")
    client.force_login(person)
    page = reverse("earnings:payouts:new")
    assert "¥1,000から申請できます" in text(client.get(page))
    assert ask(client).status_code == 409
    earn(person, 8_350, NOW.date())
    assert "先に振込先口座を登録してください" in text(client.get(page))
    assert ask(client).status_code == 409
    assert client.post(page, {"request_key": "x"}).status_code == 409
    assert not Payout.objects.exists()


def test_the_list_shows_every_state_and_whom_a_run_passed_over(client):
    person = hanako()
    client.force_login(person)
    address = reverse("earnings:payouts:list")
    assert "出金はまだありません" in text(client.get(address))
    ask(client)
    assert "申請中" in text(client.get(address))
    staff = Actor.staff(1)
    run = actions.make_file(run=actions.close_extra(request_key=uuid4(), by=staff, at=NOW), by=staff, at=NOW)
    assert "振込手続き中" in text(client.get(address))
    actions.mark_sent(run=run, bank_charge_yen=0, by=staff, at=NOW)
    assert "振込済み" in text(client.get(address))
    payout = Payout.objects.get()
    actions.mark_returned(payout=payout, reason="口座名義相違", by=staff, at=NOW)
    page = text(client.get(reverse("earnings:payouts:detail", args=[payout.pk])))
    assert "口座名義相違" in page


def test_another_members_payout_does_not_exist(client):
    person = hanako()
    payout = actions.request(member=person, request_key=uuid4(), by=Actor.member(person.pk), at=NOW)
    detail, cancel = (reverse(f"earnings:payouts:{name}", args=[payout.pk]) for name in ("detail", "cancellation"))
    assert client.get(detail).status_code == 302
    client.force_login(member("たろう"))
    assert client.get(detail).status_code == 404
    assert client.post(cancel).status_code == 404
    payout.refresh_from_db()
    assert payout.status == "requested"
