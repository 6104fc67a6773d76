"""One project from the front page to the bank file, by two people who have never met and an operator.

On a phone in Japanese, on a desktop in English, and on a desktop in Japanese by the keyboard alone.
"""

import json
from collections.abc import Callable, Iterator
from uuid import uuid4

import pypdf
import pytest
from playwright.sync_api import Page

from tests.browser import acts, hands
from tests.browser.acts import fill, follow, from_bar, from_menu, press, sees
from tests.browser.conftest import Person
from tests.browser.words import in_english, is_english, there
from tests.run.market import Auditor, Market

TITLE = "珈琲豆の選び方の記事"
RECORD_BYTES = 120


@pytest.fixture(scope="module")
def auditor(market: Market) -> Iterator[Auditor]:
    with market.auditor() as auditor:
        yield auditor


class Ways:
    """How the people of one walk sit before their pages."""

    def __init__(self, person: Callable[..., Person], way: str) -> None:
        self.person, self.way = person, way

    def sit_down(self) -> Person:
        if self.way == "phone":
            return self.person()
        somebody = self.person(width=1280, language="en-US" if self.way == "english" else "ja-JP")
        if self.way == "english":
            in_english(somebody.page)
        else:
            hands.by_keyboard(somebody.page)
        return somebody


@pytest.mark.parametrize("way", ["phone", "english", "keyboard"])
def test_a_project_is_carried_to_the_bank_file(
    person: Callable[..., Person], market: Market, auditor: Auditor, way: str
) -> None:
    ways = Ways(person, way)
    client, worker = ways.sit_down(), ways.sit_down()
    mine = uuid4().hex[:6]
    acts.register(client.page, name="湊珈琲", email=f"client-{mine}@example.jp")
    acts.register(worker.page, name="花子", email=f"worker-{mine}@example.jp")
    auditor.assert_clean("registration")
    contract = agree(client.page, worker.page, auditor, f"{TITLE}{mine}")
    fund(client.page, contract, auditor)
    work(client.page, worker.page, contract, auditor)
    reward(client.page, worker.page, auditor)
    desk = ways.sit_down()
    log_in_as_new_operator(desk, market, f"desk-{mine}@example.jp")
    pay_out(desk.page, worker.page, market, auditor)
    auditor.let_an_hour_pass(f"worker-{mine}@example.jp")
    other_account(worker.page)
    auditor.assert_clean("another account")
    assert market.command("ledger", "check").returncode == 0


def agree(client: Page, worker: Page, auditor: Auditor, title: str) -> str:
    """From the posting to the written terms; returns the contract's address."""
    job = acts.post_job(client, title=title, description="はじめての方に向けた、豆の選び方の記事をお願いします。")
    auditor.assert_clean("posting")
    acts.search(worker, title, title=title)
    proposal = acts.propose(worker)
    auditor.assert_clean("proposal")
    negotiate(client, worker, proposal)
    auditor.assert_clean("counter-proposals")
    contract = acts.offer(client, job, worker="花子", milestones=[("構成案", "4,000"), ("記事", "6000")])
    auditor.assert_clean("offer")
    worker.goto(proposal)
    press(worker, "申し込みを見る")
    acts.confirm(worker)
    auditor.assert_clean("agreement")
    terms = "".join(page.extract_text() for page in pypdf.PdfReader(acts.terms_pdf(worker)).pages)
    assert "湊珈琲" in terms
    assert "花子" in terms
    return contract


def negotiate(client: Page, worker: Page, proposal: str) -> None:
    """Another price and day from the client, another from the worker, and the client agrees."""
    client.goto(proposal)
    acts.suggest(client, amount="9000", day=acts.in_days(28), pays="¥9,495", receives="¥7,515")
    worker.goto(proposal)
    sees(worker, "¥9,000", "¥7,515")
    acts.suggest(worker, amount="10,000", day=acts.in_days(29), pays="¥10,550", receives="¥8,350")
    client.reload()
    acts.agree_to_suggestion(client, "¥10,000")


def fund(client: Page, contract: str, auditor: Auditor) -> None:
    """A declined card first: a sentence that says what to do, nothing charged. Then both milestones."""
    client.goto(contract)
    acts.pay(client, card=acts.DECLINED, pays="¥4,220")
    sees(client, "お支払いができませんでした", "別のカードをお使い", "請求はされず")
    auditor.assert_clean("declined card")
    press(client, "別のカードで支払う")
    acts.pay_with(client, acts.SUCCESS, pays="¥4,220")
    sees(client, "仮払いが完了しました", "仮払い済み")
    auditor.assert_clean("first milestone funded")
    acts.pay(client, card=acts.CHALLENGE, pays="¥6,330")
    press(client, "本人認証に進む")
    sees(client, "お支払いの本人認証", "¥6,330")
    press(client, "承認する")
    sees(client, "仮払いが完了しました", "¥10,550")
    auditor.assert_clean("second milestone funded")


def work(client: Page, worker: Page, contract: str, auditor: Auditor) -> None:
    """Delivered, withdrawn, delivered, sent back, delivered, accepted; then the second milestone."""
    worker.goto(contract)
    acts.deliver(worker, note="構成案です。", file=("構成案.txt", "1. 産地\n2. 焙煎".encode()))
    acts.withdraw_delivery(worker)
    auditor.assert_clean("withdrawn delivery")
    acts.deliver(worker, note="数字を直した構成案です。", file=("構成案 第2版.txt", "1. 産地".encode()))
    client.goto(contract)
    assert acts.downloads(client, "構成案 第2版.txt") == "1. 産地".encode()
    acts.ask_for_revision(client, "焙煎の章も入れてください。", left=2)
    auditor.assert_clean("revision")
    worker.goto(contract)
    sees(worker, "焙煎の章も入れてください。")
    acts.deliver(worker, note="焙煎の章を入れました。")
    client.goto(contract)
    acts.accept(client, reward="¥3,340")
    auditor.assert_clean("first acceptance")
    worker.goto(contract)
    acts.deliver(worker, note="記事です。", file=("記事.txt", "浅煎りは酸味、深煎りは苦味。".encode()))
    client.goto(contract)
    acts.accept(client, reward="¥5,010")
    sees(client, "完了しました", "¥10,550")
    auditor.assert_clean("second acceptance")


def reward(client: Page, worker: Page, auditor: Auditor) -> None:
    """¥8,350, down to the entries; what the client paid, too."""
    from_bar(worker, "報酬")
    sees(worker, "¥8,350", "+¥3,340", "+¥5,010")
    follow(worker, "報酬確定")
    sees(worker, "この仕訳のすべての行", "システム手数料", "消費税", "¥5,010", "適用した料率")
    from_bar(client, "マイページ")
    press(client, "クライアントとしての支払い")
    sees(client, "¥4,220", "¥6,330")
    from_bar(worker, "報酬")
    acts.register_bank_account(worker)
    acts.request_payout(worker, "¥8,350")
    auditor.assert_clean("payout requested")


def log_in_as_new_operator(desk: Person, market: Market, email: str) -> None:
    """`bin/nakadachi staff add` prints the password once."""
    added = market.command("staff", "add", email)
    assert added.returncode == 0, added.stderr
    desk.log_in(email, added.stdout.split()[-1])
    if is_english(desk.page):
        desk.page.get_by_role("contentinfo").get_by_role("button", name="English").click()
    acts.add_authenticator(desk.page)


def pay_out(desk: Page, worker: Page, market: Market, auditor: Auditor) -> None:
    """An extra run, its file for the bank, sent; then the bank sends the transfer back."""
    from_menu(desk, "運営")
    follow(desk, "締めの一覧")
    press(desk, "臨時で締める")
    sees(desk, "臨時", "花子", "¥8,350")
    auditor.assert_clean("run closed")
    press(desk, "振込ファイルを作成する")
    total_yen = read_transfers(acts.transfer_file(desk))
    auditor.assert_clean("transfer file")
    on_its_way_yen = in_transit_yen(market)
    fill(desk, 銀行の画面に出た合計金額=f"{total_yen:,}", 銀行の手数料="145")
    press(desk, "送金済みにする")
    sees(desk, "送金済みにしました")
    assert on_its_way_yen - in_transit_yen(market) == total_yen
    auditor.assert_clean("sent")
    from_bar(worker, "報酬")
    sees(worker, "振込済み")
    paid = desk.get_by_role("listitem").filter(has_text="花子").filter(has_text="8,350")
    hands.of(desk).press(paid.get_by_role("link", name=there(desk, "振込が戻った")))
    fill(desk, 銀行の理由="名義の一字ちがい")
    press(desk, "残高に戻す")
    sees(desk, "金額を会員の残高に戻しました", "名義の一字ちがい")
    auditor.assert_clean("returned")
    from_bar(worker, "報酬")
    sees(worker, "¥8,350", "振込の組戻し", "口座")


def other_account(worker: Page) -> None:
    """The transfer came back, so another account is registered. Then payouts rest, and the page says until when."""
    press(worker, "振込先の口座へ")
    acts.change_bank_account(worker)
    from_bar(worker, "報酬")
    sees(worker, "まで出金を保留しています", "¥8,350")


def read_transfers(content: bytes) -> int:
    """全銀 総合振込: a header, the transfers, the trailer, the end, 120 bytes each. Returns the trailer's total."""
    starts = range(0, len(content), RECORD_BYTES)
    records = [content[start : start + RECORD_BYTES].decode("shift_jis") for start in starts]
    header, *transfers, trailer, end = records
    assert (header[0], {one[0] for one in transfers}, trailer[0], end[0]) == ("1", {"2"}, "8", "9")
    assert {len(record) for record in records} == {RECORD_BYTES}
    amounts = {one[50:80].rstrip(): int(one[80:90]) for one in transfers}
    assert amounts["ﾔﾏﾀﾞ ﾊﾅｺ"] == 8_350
    assert (int(trailer[1:7]), int(trailer[7:19])) == (len(transfers), sum(int(one[80:90]) for one in transfers))
    return int(trailer[7:19])


def in_transit_yen(market: Market) -> int:
    """What the ledger says is on its way to banks."""
    accounts = json.loads(market.command("ledger", "trial-balance", "--json").stdout)["accounts"]
    return sum(row["balance_yen"] for row in accounts if row["account"] == "payouts_in_transit")
