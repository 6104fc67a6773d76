"""マイページ: what waits, with its remedy and its day; what runs; what is paid next; the newcomer's first step."""

import re

import pytest
from django.test import Client

from tests import cast, earners, walk
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db


def job(title: str):
    return walk.open_job(title=title)


def test_each_kind_of_waiting_for_the_worker(django_assert_max_num_queries):
    walk.offered(job=job("申し込みの記事"))
    walk.funded(job=job("作業の記事"))
    delivered = walk.delivered(job=job("修正の記事"))
    client = at_browser(cast.minato())
    client.post(f"/contracts/{delivered.contract_id}/milestones/{delivered.pk}/revision/", {"reason": "短く"})
    walk.propose_end(walk.funded(job=job("終了の記事")))
    worker = at_browser(cast.hanako())
    worker.get("/settings/")
    with django_assert_max_num_queries(15):
        page = text_of(worker.get("/mypage/"))
    for words in (
        "契約のお返事をしてください 湊商店さんからの「申し込みの記事」です。 11月9日(月)まで",
        "納品してください 「作業の記事 / 第1回の記事」の ¥10,000 は仮払い済みです。 12月1日(火)まで",
        "修正して、もう一度納品してください",
        "契約終了の提案にお返事をしてください",
    ):
        assert words in page, words


def test_each_kind_of_waiting_for_the_client(django_assert_max_num_queries):
    walk.agreed(job=job("仮払い前の記事"))
    walk.delivered(job=job("検収の記事"))
    walk.proposal(job("提案の来た記事"))
    client = at_browser(cast.minato())
    client.get("/settings/")
    with django_assert_max_num_queries(15):
        page = text_of(client.get("/mypage/"))
    for words in (
        "仮払いをしてください",
        "納品物を検収してください はなこさんの「検収の記事 / 第1回の記事」です。操作がない場合は自動で検収されます。",
        "提案が1件届いています 「提案の来た記事」への提案です。",
    ):
        assert words in page, words
    links = re.findall(r'href="(/[^"]+)"', client.get("/mypage/").content.decode())
    for address in {link for link in links if link.startswith(("/contracts/", "/jobs/", "/proposals/"))}:
        assert client.get(address).status_code == 200, address


def test_the_next_payout_in_words():
    worker = cast.hanako()
    person = at_browser(worker)
    page = text_of(person.get("/mypage/"))
    assert "いま振り込む報酬はありません" in page
    walk.accepted()
    page = text_of(person.get("/mypage/"))
    assert "振込先の口座を登録してください" in page
    assert "¥8,350 を11月30日(月)に振り込めません" in page
    earners.with_account(worker, at=walk.START)
    page = text_of(person.get("/mypage/"))
    assert "11月30日(月)に ¥8,350 を振り込みます" in page
    assert "報酬確定" in page
    worker.payout_mode = "on_request"
    worker.save()
    page = text_of(person.get("/mypage/"))
    assert "¥8,350 を出金できます" in page
    assert "出金を申請する" in page


def test_a_small_balance_is_carried_over():
    worker = cast.hanako()
    earners.with_account(worker, at=walk.START)
    walk.accepted((1_000,))
    assert "残高 ¥835 は次回に繰り越します" in text_of(at_browser(worker).get("/mypage/"))


def test_a_newcomer_sees_the_first_step_of_both_roles():
    page = text_of(at_browser(cast.sakura()).get("/mypage/"))
    assert "いま対応が必要なものはありません。" in page
    assert "仕事をしたい" in page
    assert "仕事を頼みたい" in page


def test_many_things_waiting_cost_no_more_queries(django_assert_max_num_queries):
    for number in range(12):
        walk.funded(job=job(f"記事{number}"))
    worker = at_browser(cast.hanako())
    worker.get("/settings/")
    with django_assert_max_num_queries(15):
        page = worker.get("/mypage/").content.decode()
    assert page.count('class="todo todo--') == 12
    assert "ほか6件" in text_of(worker.get("/mypage/"))
    assert '<ol class="todos" start="7">' in page


def test_nobody_is_sent_to_the_login():
    assert Client().get("/mypage/").url.startswith("/accounts/login/?next=")
