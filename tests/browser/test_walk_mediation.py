"""Two quarrels on telephones: offers under seal that meet, and a case that the operator rules on. No yen is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser import acts, formats, hands
from tests.browser.acts import fill, from_bar, labelled, press, sees
from tests.browser.conftest import Person
from tests.browser.tabs import double_tap
from tests.run.ahead import MarketAhead
from tests.run.market import Auditor

New = Callable[[str], Person]


def agree(client: Page, worker: Page, *, today: date) -> str:
    """Two pieces of work, ¥10,000 and ¥20,000; returns the contract's address."""
    title = f"珈琲豆の記事と図{uuid4().hex[:6]}"
    day = (today + timedelta(days=20)).isoformat()
    job = formats.post(client, "プロジェクト", title, today=today, 予算の下限="30,000", 希望納品日=day)
    formats.propose(worker, title, 契約金額="30,000", 納品日=day)
    formats.choose_proposal(client, job, "花子")
    press(client, "マイルストーンを追加する")
    for number, (work, amount) in enumerate((("記事", "10,000"), ("図", "20,000")), 1):
        row = client.get_by_role("group", name=f"マイルストーン{number}")
        for label, text in (("納品するもの", work), ("金額(税込)", amount), ("納品日", day)):
            row.get_by_label(label).fill(text)
    sees(client, "合計が提案の金額と一致しています")
    press(client, "この内容で申し込む")
    sees(client, "ワーカーが確認すると契約が始まります")
    return formats.confirm(worker)


def test_offers_that_meet_and_a_ruling(phone: New, office: Person, ahead: MarketAhead, books: Auditor) -> None:
    client, worker = phone("湊珈琲"), phone("花子")
    contract = agree(client.page, worker.page, today=ahead.today())
    deliver(client.page, worker.page, contract, pays="¥10,550")
    case = ask(client.page, contract)
    books.assert_clean("first case opened")
    worker.page.goto(case)
    state(client.page, "産地の章がありません。", "依頼のメモ.txt")
    state(worker.page, "産地の章は合意した範囲の外です。", "契約の写し.txt")
    settle(client.page, worker.page, case)
    books.assert_clean("settled at the midpoint")
    deliver(client.page, worker.page, contract, pays="¥21,100")
    case = ask(worker.page, contract)
    ahead.put_to(ahead.now() + timedelta(days=8))
    books.sweep()
    rule(office.page, case)
    books.assert_clean("ruled")
    accept_ruling(client.page, case, said="判断に同意しました。相手も同意すると確定します。")
    books.assert_clean("accepted by one")
    accept_ruling(worker.page, case, said="双方が判断に同意したため、仮払いを分けました")
    books.assert_clean("divided")
    from_bar(worker.page, "報酬")
    sees(worker.page, "¥17,117", "+¥4,592", "+¥12,525")


def deliver(client: Page, worker: Page, contract: str, *, pays: str) -> None:
    client.goto(contract)
    acts.pay(client, pays=pays)
    sees(client, "仮払いが完了しました")
    worker.goto(contract)
    acts.deliver(worker, note="ご確認ください。")


def ask(page: Page, contract: str) -> str:
    """Without a word it is refused; returns the address of the case."""
    page.goto(contract)
    press(page, "仲介を申し立てる")
    press(page, "仲介を申し立てる")
    sees(page, "何があったか、どうしてほしいかをお書きください")
    fill(page, 経緯と希望する解決="約束の内容と、納品されたものについて、意見が合いません。")
    double_tap(page, "仲介を申し立てる")
    sees(page, "仲介を申し立て、相手に知らせました")
    return page.url


def state(page: Page, text: str, name: str) -> None:
    attached = [{"name": name, "mimeType": "text/plain", "buffer": text.encode()}]
    hands.of(page).attach(page.locator(".uploads__drop > input[type=file]"), attached)
    fill(page, 説明を書く=text)
    press(page, "説明を追加する")
    sees(page, "説明を追加し、相手に知らせました", text, name)


def make_offer(page: Page, case: str, amount: str) -> None:
    page.goto(case)
    press(page, "和解案を出す")
    fill(page, ワーカーが受け取る額=amount)
    press(page, "内容を確認する")
    sees(page, "この和解案を出しますか")
    press(page, "この案を出す")


def settle(client: Page, worker: Page, case: str) -> None:
    """¥8,000 and ¥4,000 do not meet, ¥5,000 and ¥6,000 do: at ¥5,500. Nobody sees what the other said."""
    make_offer(worker, case, "8,000")
    sees(worker, "和解案を出しました", "¥8,000")
    make_offer(client, case, "4,000")
    sees(client, "和解案を出しました", "産地の章は合意した範囲の外です。")
    expect(client.get_by_role("main")).not_to_contain_text("¥8,000")
    worker.goto(case)
    press(worker, "和解案を出す")
    fill(worker, ワーカーが受け取る額="9,000")
    press(worker, "内容を確認する")
    sees(worker, "前回の案の¥8,000以下を入力してください")
    expect(labelled(worker, "ワーカーが受け取る額")).to_have_value("9,000")
    make_offer(worker, case, "5,000")
    sees(worker, "和解案を出しました")
    make_offer(client, case, "6,000")
    sees(client, "¥5,500", "折り合い")
    worker.reload()
    sees(worker, "¥5,500", "和解")


def rule(desk: Page, case: str) -> None:
    """¥15,000 of ¥20,000; without reasons it is refused, and the amount stays."""
    number = case.rstrip("/").rsplit("/", 1)[1]
    desk.goto(f"/staff/mediation/{number}/")
    press(desk, "判断する")
    fill(desk, ワーカーの報酬額="15,000")
    press(desk, "内容を確認する")
    sees(desk, "内容を入力してください")
    expect(labelled(desk, "ワーカーの報酬額")).to_have_value("15,000")
    fill(desk, 理由="図は合意した枚数の4分の3でした。")
    press(desk, "内容を確認する")
    sees(desk, "この内容で判断しますか", "¥15,000", "¥12,525")
    press(desk, "判断する")
    sees(desk, "判断を記録し、双方に知らせました")


def accept_ruling(page: Page, case: str, *, said: str) -> None:
    page.goto(case)
    sees(page, "図は合意した枚数の4分の3でした。", "¥12,525")
    press(page, "判断に同意する")
    press(page, "判断に同意する")
    sees(page, said)
