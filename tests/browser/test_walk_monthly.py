"""Work by the month on two telephones: ¥50,000 a month, funded, delivered, inspected; the next month; notice."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from nakadachi.kernel.calendar import start_of_day
from tests.browser import acts, formats
from tests.browser.acts import fill, from_bar, labelled, press, sees
from tests.browser.conftest import Person
from tests.browser.tabs import second_tab
from tests.run.ahead import MarketAhead
from tests.run.market import Auditor

New = Callable[[str], Person]


def agree(client: Page, worker: Page, *, today: date, starts_on: date) -> str:
    """From the posting to the contract; returns its address."""
    title = f"珈琲ブログの運用{uuid4().hex[:6]}"
    day = starts_on.isoformat()
    figures = {"月額の下限": "50,000", "1か月分の業務範囲": "記事5本", "希望開始日": day}
    job = formats.post(client, "月額報酬", title, today=today, **figures)
    formats.propose(worker, title, 月額="５０，０００", 開始日=day)
    formats.choose_proposal(client, job, "花子")
    fill(client, 解約の申し出から終了までの日数="0")
    press(client, "この内容で申し込む")
    sees(client, "解約の申し出から終了までの日数を、1〜")
    expect(labelled(client, "1か月分の業務範囲")).to_have_value("記事5本")
    fill(client, 解約の申し出から終了までの日数="14")
    press(client, "この内容で申し込む")
    sees(client, "契約を申し込みました")
    return formats.confirm(worker)


def before_a_month_of_thirty_days(today: date) -> date:
    """The first of March, May, August or October, more than a week from today."""
    day = today.replace(day=1)
    while day < today + timedelta(days=8) or day.month not in {3, 5, 8, 10}:
        day = (day + timedelta(days=31)).replace(day=1)
    return day


def test_two_months_from_the_posting_to_the_balance(phone: New, ahead: MarketAhead, books: Auditor) -> None:
    """The second month has thirty days; notice on its first makes it half a month."""
    first = before_a_month_of_thirty_days(ahead.today())
    second = (first + timedelta(days=31)).replace(day=1)

    ahead.put_to(start_of_day(first - timedelta(days=7)) + timedelta(hours=12))
    client, worker = phone("湊珈琲"), phone("花子")

    def it_is(day: date) -> None:
        """Noon of that day; both look in again."""
        ahead.put_to(start_of_day(day) + timedelta(hours=12))
        books.sweep()
        client.come_back()
        worker.come_back()

    contract = agree(client.page, worker.page, today=ahead.today(), starts_on=first)
    set_aside_in_two_tabs(client.page, contract)
    books.assert_clean("first month set aside")
    it_is(second - timedelta(days=9))
    deliver_and_accept(client.page, worker.page, contract, reward="¥41,750")
    books.assert_clean("first month accepted")
    from_bar(client.page, "マイページ")
    sees(client.page, "仮払い")
    client.page.goto(contract)
    acts.pay(client.page, pays="¥52,750")
    sees(client.page, "仮払いが完了しました")
    books.assert_clean("second month set aside")
    it_is(second)
    give_notice(worker.page, contract, last_on=second + timedelta(days=14))
    books.assert_clean("notice")
    client.page.goto(contract)
    sees(client.page, "花子さんが", "学業に専念するためです。", "¥25,000")
    it_is(second + timedelta(days=14))
    deliver_and_accept(client.page, worker.page, contract, reward="¥20,875")
    it_is(second + timedelta(days=16))
    client.page.goto(contract)
    sees(client.page, "完了しました")
    from_bar(worker.page, "報酬")
    sees(worker.page, "¥62,625", "+¥41,750", "+¥20,875")
    books.assert_clean("ended")


def set_aside_in_two_tabs(page: Page, contract: str) -> None:
    """Paid once, whatever the other tab says."""
    page.goto(contract)
    press(page, "仮払いをする")
    sees(page, "¥52,750 を支払う")
    tab = second_tab(page)
    acts.pay_with(page, acts.SUCCESS, pays="¥52,750")
    sees(page, "仮払いが完了しました")
    press(tab, "¥52,750 を支払う")
    sees(tab, "仮払い済み")
    assert tab.url.split("#")[0] == contract, tab.url
    expect(tab.get_by_role("main").get_by_text("仮払いが完了しました")).to_have_count(1)
    tab.close()


def deliver_and_accept(client: Page, worker: Page, contract: str, *, reward: str) -> None:
    worker.goto(contract)
    acts.deliver(worker, note="今月の記事5本です。", file=("記事.txt", "浅煎りの豆".encode()))
    client.goto(contract)
    acts.accept(client, reward=reward)


def give_notice(page: Page, contract: str, *, last_on: date) -> None:
    """Before the button stands to the day and the yen what follows; without a reason nothing happens."""
    page.goto(contract)
    press(page, "解約を申し出る")
    day = f"{last_on.year}年{last_on.month}月{last_on.day}日"
    sees(page, day, "¥50,000ではなく¥25,000になります")
    press(page, "解約を申し出る")
    sees(page, "解約の理由を入力してください")
    fill(page, 理由="学業に専念するためです。")
    press(page, "解約を申し出る")
    sees(page, "解約を申し出ました", day)
