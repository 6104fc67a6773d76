"""The pages of work by the month: offer, agreement, the card, paying ahead, notice."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly.models import MonthlyPlan
from tests import cast, monthly, walk

pytestmark = pytest.mark.django_db


def in_days(days: int):
    return jst_date(now()) + timedelta(days=days)


def typed(**changes) -> dict[str, str]:
    return {
        "scope": "珈琲ブログの運用", "month_scope": "記事5本", "starts_on": in_days(5).isoformat(),
        "months_begin": "start", "notice_days": "14", "revisions_max": "2", "request_key": str(uuid4()),
    } | changes  # fmt: skip


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


@pytest.fixture
def minato(client):
    client.force_login(cast.minato())
    return client


def test_choosing_a_proposal_by_the_month_leads_to_its_own_form(minato):
    sent = monthly.proposal(at=now())
    assert minato.get(f"/proposals/{sent.pk}/offer/new/").url == f"/proposals/{sent.pk}/offer/monthly/"
    page = minato.get(f"/proposals/{sent.pk}/offer/monthly/").content.decode()
    assert 'value="記事5本"' in page
    assert "¥52,750" in page, "what the client pays for a month"
    assert "開始日から7日たっても仮払いがない場合" in page


def test_offered_read_agreed_and_shown(minato, django_assert_max_num_queries):
    sent = monthly.proposal(at=now())
    answer = minato.post(f"/proposals/{sent.pk}/offer/monthly/", typed())
    contract = Contract.objects.get()
    assert answer.url == f"/contracts/{contract.pk}/"
    assert "ワーカーの回答をお待ちください" in text_of(minato.get(answer.url)) or contract.status == "offered"
    minato.force_login(cast.hanako())
    page = text_of(minato.get(f"/contracts/{contract.pk}/confirmation/"))
    assert "報酬は月額¥50,000(税込)とする。" in page
    assert "契約は申し出の日から14日後に終了する" in page
    minato.post(f"/contracts/{contract.pk}/confirmation/")
    minato.force_login(cast.minato())
    with django_assert_max_num_queries(25):
        page = text_of(minato.get(f"/contracts/{contract.pk}/"))
    assert "記事5本" in page
    assert "次の月" in page
    month = monthly.month(contract)
    assert month.title in page
    todo = text_of(minato.get("/mypage/"))
    assert "仮払い" in todo
    terms = text_of(minato.get(f"/contracts/{contract.pk}/terms/"))
    assert "報酬の形式" in terms
    assert minato.get(f"/contracts/{contract.pk}/terms/1.pdf").status_code in {200, 404}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_on": "2020-01-01"}, "明日以降の日付"),
        ({"notice_days": "91"}, "1〜90日で入力"),
        ({"month_scope": ""}, "業務の範囲を入力"),
        ({"months_begin": "middle"}, "一覧から選んでください"),
    ],
)
def test_an_offer_that_is_refused_keeps_what_was_typed(minato, changes, sentence):
    sent = monthly.proposal(at=now())
    answer = minato.post(f"/proposals/{sent.pk}/offer/monthly/", typed(**changes))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "珈琲ブログの運用" in answer.content.decode()
    assert not Contract.objects.exists()


def test_notice_says_the_last_day_and_the_money_first(minato):
    at = now() - timedelta(days=40)
    starts_on = jst_date(at) + timedelta(days=30)
    contract = monthly.funded(at=at, starts_on=starts_on)
    page = text_of(minato.get(f"/contracts/{contract.pk}/notice/"))
    assert "(14日後)" in page
    assert "日割り" in page
    empty = minato.post(f"/contracts/{contract.pk}/notice/", {"reason": "  "})
    assert empty.status_code == 422
    assert "解約の理由を入力してください" in text_of(empty)
    done = minato.post(f"/contracts/{contract.pk}/notice/", {"reason": "企画が終わるため"}, follow=True)
    assert "解約を申し出ました。最終日は" in text_of(done)
    assert MonthlyPlan.objects.get().ends_on == jst_date(now()) + timedelta(days=14)
    assert monthly.month(contract).amount_yen < 50_000
    history = text_of(minato.get(f"/contracts/{contract.pk}/history/"))
    assert "仮払いが完了しました ¥50,000" in history, "what was paid then stays as it was"
    again = minato.post(f"/contracts/{contract.pk}/notice/", {"reason": "もう一度"})
    assert again.status_code == 409
    assert "すでに解約の申し出があります" in text_of(again)
    minato.force_login(cast.hanako())
    assert "企画が終わるため" in text_of(minato.get(f"/contracts/{contract.pk}/"))


def test_nobody_else_finds_these_pages(client):
    sent, contract = monthly.proposal(at=now()), monthly.agreed(at=now())
    client.force_login(cast.sakura())
    for address in (f"/proposals/{sent.pk}/offer/monthly/", f"/contracts/{contract.pk}/notice/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "他人"}).status_code == 404
    client.force_login(cast.hanako())
    assert client.get(f"/proposals/{sent.pk}/offer/monthly/").status_code == 404, "the worker does not offer"
    client.force_login(cast.minato())
    project = walk.agreed(at=now())
    assert client.get(f"/contracts/{project.pk}/notice/").status_code == 404
    assert client.get(f"/proposals/{walk.proposal(at=now()).pk}/offer/monthly/").status_code == 404


def test_between_two_months_nobody_has_to_do_anything(minato):
    at = now() - timedelta(days=60)
    contract = monthly.agreed(at=at, starts_on=jst_date(at) + timedelta(days=20), on_the_first=True)
    month = monthly.month(contract)
    walk.pay(month, at=at)
    walk.deliver(month, at=at + timedelta(days=21))
    walk.accept(month, at=at + timedelta(days=21))
    assert "いま行うことはありません" in text_of(minato.get(f"/contracts/{contract.pk}/"))
    assert "進行中" in text_of(minato.get("/contracts/?tab=running"))
