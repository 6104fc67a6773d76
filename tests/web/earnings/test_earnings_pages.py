"""「報酬管理」: every figure, what it is the sum of, and the journal behind each line; one's own money only."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client

from nakadachi.infra import timers
from nakadachi.money.ledger import queries as ledger
from tests import cast, earners, hours, walk
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _page_clock(monkeypatch) -> None:
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: walk.START)


def job(title: str):
    return walk.open_job(title=title)


def journals_of(milestone) -> dict[str, int]:
    heads = ledger.journals_of("hold", [milestone.hold_id])[milestone.hold_id]
    return {head.kind: head.journal_id for head in heads}


def tiles(page: str) -> list[str]:
    return re.findall(r'tile__figure"><span class="num">([^<]+)<', page)


def test_the_five_figures_are_what_the_worker_receives(django_assert_max_num_queries):
    earners.with_account(cast.hanako(), at=walk.START)
    walk.funded((30_000,), job=job("作業中の記事"))
    walk.delivered((20_000,), job=job("検収待ちの記事"))
    walk.accepted(job=job("確定の記事"))
    worker = at_browser(cast.hanako())
    with django_assert_max_num_queries(18):
        answer = worker.get("/earnings/")
    assert tiles(answer.content.decode()) == ["¥25,050", "¥16,700", "¥8,350", "¥0", "¥0"]
    page = text_of(answer)
    assert "11月30日(月)に ¥8,350 を振り込みます" in page
    assert "作業中の記事 / 第1回の記事" in page
    assert "報酬確定 確定の記事 / 第1回の記事" in page
    worker.post("/earnings/payouts/new/", {"request_key": "0c4ad0ee-1111-4c7e-8a43-b7a1e6f7a001"})
    assert tiles(worker.get("/earnings/").content.decode()) == ["¥25,050", "¥16,700", "¥0", "¥8,350", "¥0"]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (hours.reported, ["¥0", "¥6,262", "¥0"]),
        (hours.returned, ["¥3,757", "¥0", "¥2,505"]),
        (hours.approved, ["¥0", "¥0", "¥6,262"]),
    ],
)
def test_of_a_week_what_was_recorded_is_shown_and_the_rest_is_the_clients(monkeypatch, state, shown):
    """Five of the eight hours that are held, at ¥1,500 less 16.5 %; of them three may have been sent back."""
    week = state()
    assert week.hold.rest_yen > 0
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: hours.moment(17))
    worker = at_browser(week.engagement.contract.worker)
    assert tiles(worker.get("/earnings/").content.decode())[:3] == shown


def test_nothing_yet():
    page = text_of(at_browser(cast.sakura()).get("/earnings/"))
    assert "まだ記帳はありません" in page
    assert "いま仮払い中の仕事はありません。" in page


def test_the_journal_of_a_reward_opens_down_to_rule_and_rates():
    journals = journals_of(walk.accepted())
    page = text_of(at_browser(cast.hanako()).get(f"/earnings/journals/{journals['hold.release']}/"))
    for words in (
        "報酬確定",
        "あなたの残高 確定した報酬 + ¥8,350",
        "−¥10,550",
        "+ ¥1,500",
        "+ ¥500",
        "+ ¥200",
        "¥10,000 × 16.5%(1円未満四捨五入)、うち消費税 ¥150",
        "¥10,000 × 5.5%(1円未満四捨五入)、うち消費税 ¥50",
        "この契約では源泉徴収しません",
        "lancers",
        "操作した人 クライアント",
    ):
        assert words in page, words


def test_the_other_side_sees_roles_only():
    journals = journals_of(walk.accepted())
    answer = at_browser(cast.minato()).get(f"/earnings/journals/{journals['hold.release']}/")
    page = text_of(answer)
    assert "ワーカーの残高" in page
    assert "あなたの残高" not in page
    assert "操作した人 あなた" in page
    for secret in (f"member:{cast.hanako().pk}", "payment_id", cast.HANAKO):
        assert secret not in answer.content.decode(), secret


def test_only_ones_own_journals_are_there():
    journals = journals_of(walk.accepted())
    stranger = at_browser(cast.sakura())
    nothing = stranger.get("/earnings/journals/999999999/")
    for journal_id in journals.values():
        answer = stranger.get(f"/earnings/journals/{journal_id}/")
        assert answer.status_code == nothing.status_code == 404
        assert text_of(answer) == text_of(nothing)
        assert Client().get(f"/earnings/journals/{journal_id}/").url.startswith("/accounts/login/")


def test_a_split_and_a_refund_are_shown_to_the_yen():
    settled, back = walk.settled(4_000), walk.handed_back(job=job("返した記事"))
    client = at_browser(cast.minato())
    page = text_of(client.get(f"/earnings/journals/{journals_of(settled)['hold.split']}/"))
    for words in ("精算(合意または仲介)", "+ ¥3,340", "+ ¥6,330", "+ ¥600", "+ ¥200", "+ ¥80"):
        assert words in page, words
    page = text_of(client.get(f"/earnings/journals/{journals_of(back)['hold.refund']}/"))
    assert "返金手続き中 支払いに使われたカードへ + ¥10,550" in page
    assert "操作した人 ワーカー" in page


def test_the_money_of_a_contract_milestone_by_milestone():
    milestone = walk.accept(walk.delivered((3_333, 3_333, 3_334)))
    address = f"/earnings/contracts/{milestone.contract_id}/"
    for who in (cast.hanako(), cast.minato()):
        page = text_of(at_browser(who).get(address))
        for words in ("第1回の記事", "第3回の記事", "¥3,333 × 16.5%", "¥2,783", "報酬確定", "記帳はまだありません"):
            assert words in page, words
    assert at_browser(cast.sakura()).get(address).status_code == 404


def test_what_a_client_paid():
    walk.funded(job=job("作業中の記事"))
    walk.handed_back(job=job("返した記事"))
    page = text_of(at_browser(cast.minato()).get("/earnings/paid/"))
    assert "作業中の記事 / 第1回の記事" in page
    assert "¥10,550" in page
    assert "辞退・返金 ¥0" in page
    assert "まだお支払いはありません" in text_of(at_browser(cast.sakura()).get("/earnings/paid/"))


def test_the_entries_go_on_by_pages_with_the_right_balance():
    for number in range(23):
        walk.accepted((1_000,), at=walk.START + timedelta(minutes=number), job=job(f"記事{number:02d}"))
    worker = at_browser(cast.hanako())
    first = worker.get("/earnings/").content.decode()
    address = re.search(r'href="(\?after=[^"]+)"', first)
    assert address
    second = worker.get("/earnings/" + address[1]).content.decode()
    balances = re.findall(r'table__wide muted"><span class="num">¥([\d,]+)<', first + second)
    assert [int(text.replace(",", "")) for text in balances] == [835 * n for n in range(23, 0, -1)]
    stolen = at_browser(cast.sakura()).get("/earnings/" + address[1])
    assert "記事" not in text_of(stolen).replace("明細", "")
    assert worker.get("/earnings/?after=%00forged").status_code == 200


def test_the_csv_opens_as_it_is_and_does_nothing():
    walk.accepted(job=job('=HYPERLINK("http://evil.example","x")'))
    walk.accepted(job=job("@SUM(A1)\tと,カンマ"))
    answer = at_browser(cast.hanako()).get("/earnings/statement.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["日付", "内容", "仕事", "金額(円)", "残高(円)", "仕訳番号"]
    assert [row[3:5] for row in rows[1:]] == [["8350", "8350"], ["8350", "16700"]]
    assert all(cell[0] not in "=+-@\t" for row in rows[1:] for cell in row[:3] if cell)
    empty = at_browser(cast.sakura()).get("/earnings/statement.csv")
    assert empty.status_code == 200
    assert len(list(csv.reader(io.StringIO(empty.content.decode("utf-8-sig"))))) == 1


def test_a_payout_opens_down_to_its_journal():
    earners.with_account(cast.hanako(), at=walk.START)
    walk.accepted()
    worker = at_browser(cast.hanako())
    worker.post("/earnings/payouts/new/", {"request_key": "0c4ad0ee-1111-4c7e-8a43-b7a1e6f7a002"})
    board = worker.get("/earnings/").content.decode()
    newest = re.search(r'href="(/earnings/journals/\d+/)">([^<]+)<', board)
    assert newest
    assert newest[2] == "振込の手続き"
    page = text_of(worker.get(newest[1]))
    for words in ("あなたの残高 確定した報酬 −¥8,350", "振込手続き中 会員の銀行口座へ + ¥8,350", "操作した人 あなた"):
        assert words in page, words
    assert at_browser(cast.minato()).get(newest[1]).status_code == 404


def test_silence_is_named_as_the_one_who_did_it():
    milestone = walk.delivered()
    timers.run(at=milestone.auto_accept_at)
    worker = at_browser(cast.hanako())
    page = text_of(worker.get(f"/earnings/journals/{journals_of(milestone)['hold.release']}/"))
    assert "操作した人 公開された規則による自動処理 2026年11月16日(月) 23:59" in page
    page = text_of(worker.get(f"/contracts/{milestone.contract_id}/"))
    assert "検収の期限が過ぎたため、自動で検収されました" in page
