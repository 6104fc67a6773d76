"""Members in the console: search, the sheet, what is hidden until asked for, suspension."""

import pytest
from django.urls import reverse

from nakadachi.infra.events.models import Event
from nakadachi.people import directory
from nakadachi.people.standing.queries import standing_of
from tests import cast, earners, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(client):
    person = cast.offices()["support"]
    client.force_login(person)
    return person


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    "words", ["hanako@example.jp", "HANAKO@", "はなこ", "ヤマダ", "やまだ", "ﾊﾅｺ", "#{pk}", "{pk}"]
)
def test_found_by(words):
    hanako, by = cast.hanako(), cast.by(cast.tanaka())
    cast.minato()
    page = directory.find(by, words.format(pk=hanako.pk))
    assert list(page.rows) == [hanako]


@pytest.mark.parametrize("words", ["anako@example.jp", "マダ", "99999999999999999999999", "%", "_"])
def test_not_found_by(words):
    cast.hanako()
    assert not directory.find(cast.by(cast.tanaka()), words).rows


def test_long_lists_are_read_page_by_page(client, support):
    made = [earners.member(f"会員{number}") for number in range(35)]
    first = client.get("/staff/members/")
    page = first.context["page"]
    second = client.get("/staff/members/", {"after": page.next}).context["page"]
    assert [row.pk for row in page.rows][:2] == [made[-1].pk, made[-2].pk]
    assert not {row.pk for row in page.rows} & {row.pk for row in second.rows}


def test_personal_data_is_shown_only_with_a_reason(client, support):
    person = cast.hanako()
    earners.with_account(person, number="7654321")
    sheet = text(client.get(reverse("staff:members:detail", args=[person.pk])))
    assert not [hidden for hidden in ("hanako@example.jp", "山田", "7654321") if hidden in sheet]
    show = reverse("staff:members:disclosure", args=[person.pk])
    for nothing in ("", " ", "\u3000", "\u200b"):
        refused = client.post(show, {"what": "contact", "reason": nothing})
        assert refused.status_code == 422
        assert "hanako@example.jp" not in text(refused)
    assert not Event.objects.filter(kind="member.viewed").exists()
    assert client.post(show, {"what": "bank_account", "reason": "x"}).status_code == 404
    assert client.post(show, {"what": "password", "reason": "x"}).status_code == 404
    shown = text(client.post(show, {"what": "contact", "reason": "お問い合わせ 3"}))
    assert "hanako@example.jp" in shown
    assert "山田" in shown
    assert Event.objects.get(kind="member.viewed").data["reason"] == "お問い合わせ 3"
    assert "hanako@example.jp" not in text(client.get(reverse("staff:members:detail", args=[person.pk])))
    client.force_login(cast.offices()["finance"])
    assert "7654321" in text(client.post(show, {"what": "bank_account", "reason": "組戻し"}))


def test_suspended_by_the_page_and_told_why(client, support):
    person = cast.hanako()
    page = reverse("staff:members:suspension", args=[person.pk])
    assert client.post(page, {"reason": " "}).status_code == 422
    sheet = client.post(page, {"reason": "規約第8条に反する勧誘がありました。"}).url
    assert "規約第8条" in text(client.get(sheet))
    assert client.post(page, {"reason": "もう一度"}).status_code == 409
    client.force_login(person)
    assert "規約第8条" in text(client.get("/mypage/"))
    client.force_login(support)
    assert client.post(reverse("staff:members:lifting", args=[person.pk]), {"reason": "解決"}).url == sheet
    assert standing_of(person.pk).suspended_at is None
    client.force_login(person)
    assert "規約第8条" not in text(client.get("/mypage/"))


def test_prices_of_a_unit_say_of_which(client, support):
    engagement = hours.agreed()
    sheet = text(client.get(reverse("staff:members:detail", args=[engagement.contract.worker_id])))
    assert sheet.count("¥1,500 / 時間") == 2, "the contract and the proposal before it"


def test_a_note_is_kept(client, support):
    person = cast.hanako()
    address = reverse("staff:members:note", args=[person.pk])
    assert "<b>折り返し" not in text(client.get(client.post(address, {"text": "<b>折り返し希望"}).url))
    assert client.post(address, {"text": ""}).status_code == 422


def test_the_ledger_of_a_member_opens_down_to_the_journal(client):
    client.force_login(cast.offices()["finance"])
    person = earners.hanako()
    page = client.get(reverse("staff:members:statement", args=[person.pk]))
    assert "¥8,350" in text(page)
    journal = text(client.get(page.context["entries"][0].href))
    assert f"member:{person.pk}" in journal
    assert client.get(reverse("staff:journal", args=[999_999_999])).status_code == 404
