"""Work by the hour on two telephones: ¥1,500 × 5 hours = ¥7,500 in the first week, a timer left alone in the second."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from nakadachi.kernel.calendar import start_of_day
from tests.browser import formats, hands
from tests.browser.acts import fill, follow, from_bar, labelled, press, sees
from tests.browser.conftest import Person
from tests.browser.tabs import second_tab
from tests.run.ahead import MarketAhead
from tests.run.market import Auditor

New = Callable[[str], Person]


def agree(client: Page, worker: Page, *, today: date, starts_on: date) -> str:
    """From the posting to the contract; returns its address."""
    title = f"ECサイトの運用{uuid4().hex[:6]}"
    day = starts_on.isoformat()
    figures = {"時間単価の下限": "1,500", "1週間の想定時間": "8", "希望開始日": day}
    job = formats.post(client, "時間報酬", title, today=today, **figures)
    formats.propose(worker, title, 時間単価="1500", 開始日=day)
    formats.choose_proposal(client, job, "花子")
    fill(client, 週の上限時間="0")
    press(client, "この内容で申し込む")
    sees(client, "1週間の時間は、1〜")
    fill(client, 週の上限時間="8", 開始日=day)
    press(client, "この内容で申し込む")
    sees(client, "契約を申し込みました")
    return formats.confirm(worker)


def open_week(page: Page, contract: str, monday: date) -> None:
    """From the list of weeks on the contract's page."""
    page.goto(contract)
    follow(page, f"{monday.month}月{monday.day}日(月)〜")


def set_aside(client: Page, contract: str, *, pays: str) -> None:
    """The coming week, by the test card."""
    client.goto(contract)
    press(client, "仮払いをする")
    sees(client, "¥12,660", pays)
    hands.of(client).check(client.get_by_label("4242 4242 4242 4242"))
    press(client, "仮払いをする")
    sees(client, "週の仮払いが完了しました")


def test_two_weeks_from_the_posting_to_the_balance(phone: New, ahead: MarketAhead, books: Auditor) -> None:
    client, worker = phone("湊商店"), phone("花子")
    soon = ahead.today() + timedelta(days=2)
    monday = soon + timedelta(days=-soon.weekday() % 7)

    def it_is(day: int, hour: int, second: int = 0) -> None:
        """So many days after the first Monday, at that hour in Japan."""
        ahead.put_to(start_of_day(monday) + timedelta(days=day, hours=hour, seconds=second))
        books.sweep()

    contract = agree(client.page, worker.page, today=ahead.today(), starts_on=monday)
    set_aside(client.page, contract, pays="¥12,660")
    books.assert_clean("first week set aside")
    two_hours_by_timer(worker.page, it_is)
    three_hours_by_hand(worker.page, contract, monday, it_is)
    report(worker.page, contract, monday)
    send_back(client.page, contract)
    answer(worker.page, contract)
    approve(client.page, contract)
    books.assert_clean("first week approved")
    from_bar(worker.page, "報酬")
    sees(worker.page, "¥6,262", "+¥2,505", "+¥3,757")
    set_aside(client.page, contract, pays="¥7,913")
    a_timer_left_alone(worker.page, contract, monday + timedelta(days=7), it_is)
    it_is(21, 9)
    client.come_back()
    books.assert_clean("second week approved by silence")
    end(client.page, contract)
    books.assert_clean("ended")
    worker.come_back()
    from_bar(worker.page, "報酬")
    sees(worker.page, "¥8,767")


def two_hours_by_timer(page: Page, it_is: Callable[..., None]) -> None:
    """It survives a reload and a second tab, and the telephone's own clock says what it likes."""
    it_is(0, 9)
    page.context.clock.set_system_time(datetime(2031, 5, 1, 12, 0))
    from_bar(page, "マイページ")
    press(page, "作業時間を記録する")
    fill(page, 作業内容のメモ="商品登録")
    press(page, "開始する")
    sees(page, "タイマーを開始しました", "0:00:")
    it_is(0, 11, 45)
    page.reload()
    sees(page, "商品登録", "2:00:")
    tab = second_tab(page)
    sees(tab, "2:00:")
    press(tab, "停止する")
    sees(tab, "停止しました。時間を記録しました。", "今日の合計 2時間")
    sees(page, "今日の合計 2時間", "09:00–11:00")
    tab.close()


def three_hours_by_hand(page: Page, contract: str, monday: date, it_is: Callable[..., None]) -> None:
    """Time that is still ahead is refused and stays typed."""
    it_is(1, 17)
    open_week(page, contract, monday)
    press(page, "時間を手入力する")
    day = page.get_by_label("日付").locator("option").nth(1).inner_text()
    hands.of(page).choose(labelled(page, "日付"), day)
    fill(page, 開始="13:00", 終了="２１時", 作業内容のメモ="紹介文の作成")
    press(page, "記録する")
    sees(page, "まだ来ていない時間は記録できません")
    expect(labelled(page, "作業内容のメモ")).to_have_value("紹介文の作成")
    fill(page, 終了="16:30")
    press(page, "記録する")
    sees(page, "時間を記録しました", "手入力", "5時間30分", "¥8,250")


def report(page: Page, contract: str, monday: date) -> None:
    open_week(page, contract, monday)
    press(page, "この週を報告する")
    sees(page, "この週はまだ続いています", "5時間30分")
    press(page, "この週を報告する")
    sees(page, "週を報告しました")


def send_back(page: Page, contract: str) -> None:
    """The line of the afternoon; without a reason it is not sent, and the mark stays."""
    page.goto(contract)
    press(page, "週を確認する")
    hands.of(page).press(page.get_by_text("理由を添えて差し戻す", exact=True))
    line = page.get_by_role("group", name="13:00–16:30")
    hands.of(page).check(line.get_by_label("この行を差し戻す"))
    press(page, "選んだ行を差し戻し、ほかを承認する")
    sees(page, "差し戻す行ごとに理由を入力してください")
    expect(line.get_by_label("この行を差し戻す")).to_be_checked()
    line.get_by_label("理由").fill("16時に終わっていませんか。")
    press(page, "選んだ行を差し戻し、ほかを承認する")
    sees(page, "理由を添えて差し戻しました")


def answer(page: Page, contract: str) -> None:
    page.goto(contract)
    press(page, "回答する")
    sees(page, "16時に終わっていませんか。")
    hands.of(page).check(page.get_by_label("時間を訂正する"))
    page.get_by_role("textbox", name="説明").fill("16時まででした。")
    fill(page, 終了="16:00")
    press(page, "回答を送る")
    sees(page, "回答を送りました")


def approve(page: Page, contract: str) -> None:
    page.goto(contract)
    press(page, "週を確認する")
    sees(page, "16時まででした。", "5時間")
    press(page, "この週を承認する(5時間)")
    sees(page, "週を承認し、報酬が確定しました", "¥7,500", "¥7,913")


def a_timer_left_alone(page: Page, contract: str, monday: date, it_is: Callable[..., None]) -> None:
    """Three days: it stopped by itself at the limit of the week, and the worker puts it right; both read the trace."""
    it_is(7, 9)
    page.goto("/tracker/")
    press(page, "開始する")
    sees(page, "タイマーを開始しました")
    it_is(10, 9)
    press(page, "停止する")
    sees(page, "タイマーはすでに自動で")
    open_week(page, contract, monday)
    sees(page, "8時間", "週の上限で自動停止")
    follow(page, "09:00–17:00")
    fill(page, 終了="11:00", 作業内容のメモ="在庫の確認")
    press(page, "変更を保存")
    sees(page, "時間を変更しました")


def end(page: Page, contract: str) -> None:
    page.goto(contract)
    sees(page, "¥3,000")
    press(page, "作業を終了する")
    fill(page, 理由="季節の仕事が終わったためです。")
    press(page, "作業を終了する")
    sees(page, "作業を終了しました", "完了")
