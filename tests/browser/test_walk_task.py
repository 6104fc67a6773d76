"""A task on three telephones: written, paid for, answered with one thumb, judged, appealed, read as CSV, ended."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser import acts, hands
from tests.browser.acts import fill, follow, from_bar, from_bell, labelled, more, press, sees
from tests.browser.conftest import Person
from tests.browser.formats import find
from tests.browser.tabs import double_tap, second_tab
from tests.run.ahead import MarketAhead
from tests.run.market import Auditor

New = Callable[[str], Person]

PHOTO = {"name": "看板.txt", "mimeType": "text/plain", "buffer": "本日の珈琲 ¥450".encode()}
QUESTIONS: list[dict[str, str]] = [
    {"質問文": "お店の名前", "回答の形式": "1行の文章"},
    {"質問文": "味の好み", "回答の形式": "1つ選択", "選択肢": "深煎り\n浅煎り"},
    {"質問文": "1杯の値段", "回答の形式": "数値", "最小値": "100", "最大値": "3000"},
    {"質問文": "お店のページ", "回答の形式": "URL"},
    {"質問文": "看板の写真", "回答の形式": "ファイル・写真"},
]


def write_task(page: Page, title: str, *, market: MarketAhead, slots: int, repeats: int = 1) -> None:
    """The figures, ¥120 for an answer; a number that is wrong first, and nothing typed is lost to it."""
    more(page, "仕事を依頼する")
    press(page, "タスク")
    hands.of(page).choose(labelled(page, "カテゴリ"), "データ入力・事務")
    fill(page, 件名=title, 作業手順="お近くの珈琲店を1軒思い浮かべて、看板メニューを教えてください。")
    fill(page, **{"1件あたりの報酬(税込)": "１２０円", "募集件数": "0", "1件あたりの作業時間の目安": "5"})
    closes_at = market.now() + timedelta(days=5)
    fill(page, **{"1人あたりの回答上限": str(repeats), "終了日時": f"{closes_at:%Y-%m-%d}T18:00"})
    press(page, "質問の作成に進む")
    sees(page, "募集件数は1〜")
    expect(labelled(page, "件名")).to_have_value(title)
    fill(page, 募集件数=str(slots))
    press(page, "質問の作成に進む")


def ask(page: Page, *, new_only: bool = False, **question: str) -> None:
    hands.of(page).choose(labelled(page, "回答の形式"), question.pop("回答の形式"))
    if "最小値" in question:
        hands.of(page).press(page.get_by_text("入力の制限", exact=True))
    fill(page, **question)
    if new_only:
        hands.of(page).check(labelled(page, "重複を認めない"))
    press(page, "この質問を追加する")
    sees(page, "質問を追加しました", question["質問文"])


def fund(page: Page, *, pays: str) -> None:
    press(page, "内容を確認して仮払いへ")
    press(page, "仮払いをする")
    acts.pay_with(page, acts.SUCCESS, pays=pays)
    sees(page, "仮払いが完了し、タスクが公開されました")


def answer(page: Page, shop: str, *, price: str = "450", url: str = "https://example.jp/menu") -> None:
    """Fills in; the photo goes up by itself while the rest is typed."""
    sees(page, "作業中の枠があります")
    hands.of(page).attach(page.locator(".uploads__drop > input[type=file]"), [PHOTO])
    fill(page, お店の名前=shop)
    hands.of(page).check(page.get_by_label("深煎り"))
    fill(page, **{"1杯の値段": price, "お店のページ": url})
    expect(page.locator("[data-uploads-list] [data-state=done]")).to_have_count(1)


def hand_in(page: Page) -> None:
    press(page, "提出する")
    sees(page, "回答を提出しました")


def test_a_task_from_its_writing_to_the_balances(
    phone: New, office: Person, ahead: MarketAhead, books: Auditor
) -> None:
    client, hanako, ren = phone("湊珈琲"), phone("花子"), phone("蓮")
    title = f"珈琲店のアンケート{uuid4().hex[:6]}"
    write_task(client.page, title, market=ahead, slots=5, repeats=2)
    for number, question in enumerate(QUESTIONS):
        ask(client.page, new_only=number == 0, **question)
    fund(client.page, pays="¥633")
    books.assert_clean("task opened")
    task = client.page.url
    with_one_thumb(hanako.page, title)
    the_same_shop(ren.page, title)
    books.assert_clean("answers")
    judge(client.page, task)
    books.assert_clean("judged")
    appeal(ren.page, office.page, title)
    books.assert_clean("objection granted")
    read_results(client.page, task)
    end(client.page)
    books.assert_clean("ended")
    for worker, total in ((hanako, "¥200"), (ren, "¥100")):
        from_bar(worker.page, "報酬")
        sees(worker.page, total, "+¥100")


def with_one_thumb(page: Page, title: str) -> None:
    """Open, answer, submit, next: a tap each between the typing. A wrong address is said and costs nothing typed."""
    find(page, title)
    sees(page, "¥100")
    press(page, "作業を始める")
    answer(page, "珈琲館 本店", url="example")
    press(page, "提出する")
    sees(page, "https:// または http:// で始まるURLを入力してください", "看板.txt")
    expect(labelled(page, "お店の名前")).to_have_value("珈琲館 本店")
    expect(page.get_by_label("深煎り")).to_be_checked()
    fill(page, お店のページ="https://example.jp/menu")
    double_tap(page, "提出する")
    sees(page, "提出", title)
    press(page, "次の回答をする")
    answer(page, "珈琲館 駅前店")
    hand_in(page)
    sees(page, "このタスクには回答済みです")
    expect(page.get_by_role("main").get_by_text("承認待ち")).to_have_count(2)


def the_same_shop(page: Page, title: str) -> None:
    """What somebody has named already is not taken; the rest of what was typed stays."""
    find(page, title)
    sees(page, "¥100")
    press(page, "作業を始める")
    answer(page, "珈琲館 本店", price="500")
    press(page, "提出する")
    sees(page, "同じ内容がすでに回答されています", "看板.txt")
    expect(labelled(page, "1杯の値段")).to_have_value("500")
    fill(page, お店の名前="喫茶 蓮")
    hand_in(page)


def judge(page: Page, task: str) -> None:
    """One approved, one rejected with a reason, the rest approved together; another tab still shows what was."""
    page.goto(task)
    press(page, "回答を確認する")
    sees(page, "花子", "蓮", "珈琲館 本店", "喫茶 蓮")
    tab = second_tab(page)
    hands.of(page).press(row_of(page, "喫茶 蓮").get_by_role("link", name="非承認にする"))
    press(page, "非承認にする")
    sees(page, "理由を選んでください", "どこに問題があるのか")
    hands.of(page).check(page.get_by_label("内容に誤りがある"))
    press(page, "非承認にする")
    sees(page, "どこに問題があるのか")
    expect(page.get_by_label("内容に誤りがある")).to_be_checked()
    fill(page, 具体的な内容="お店のページが開けません。")
    press(page, "非承認にする")
    sees(page, "回答を非承認にしました")
    only(tab, "喫茶 蓮")
    press(tab, "チェックした回答を承認する")
    sees(tab, "この回答はすでに処理されています")
    tab.close()
    only(page, "珈琲館 本店")
    press(page, "チェックした回答を承認する")
    sees(page, "1件の回答を承認し、報酬を支払いました")
    press(page, "チェックした回答を承認する")
    sees(page, "1件の回答を承認し、報酬を支払いました")


def row_of(page: Page, words: str) -> Locator:
    return page.locator("#answers > li").filter(has_text=words)


def only(page: Page, words: str) -> None:
    """Every other answer loses its tick."""
    for one in page.locator("#answers > li").filter(has_not_text=words).all():
        hands.of(page).press(one.get_by_role("checkbox"))


def appeal(page: Page, desk: Page, title: str) -> None:
    """The worker says why; the operator reads both sides and decides; both read the reasons."""
    from_bell(page, "回答が承認されませんでした")
    sees(page, "お店のページが開けません。", "内容に誤りがある")
    press(page, "異議を申し立てる")
    fill(page, 承認されるべき理由="本日開けることを確かめました。")
    press(page, "異議を申し立てる")
    sees(page, "異議申し立てを受け付けました", "運営が異議申し立てを確認しています")
    desk.goto("/staff/tasks/")
    follow(desk, title)
    sees(desk, "喫茶 蓮", "お店のページが開けません。", "本日開けることを確かめました。")
    hands.of(desk).check(desk.get_by_label("回答を承認し、報酬を支払う"))
    press(desk, "判断する")
    sees(desk, "理由を入力してください")
    expect(desk.get_by_label("回答を承認し、報酬を支払う")).to_be_checked()
    fill(desk, 理由="ページは開けました。")
    press(desk, "判断する")
    sees(desk, "判断を登録しました")
    page.reload()
    sees(page, "ページは開けました。", "¥100")


def read_results(page: Page, task: str) -> None:
    page.goto(task)
    with page.expect_download() as waiting:
        press(page, "回答をCSVでダウンロード")
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert {(row["ワーカー"], row["お店の名前"], row["1杯の値段"]) for row in rows} == {
        ("花子", "珈琲館 本店", "450"), ("花子", "珈琲館 駅前店", "450"), ("蓮", "喫茶 蓮", "500"),
    }  # fmt: skip
    assert {row["看板の写真"] for row in rows} == {"看板.txt"}


def end(page: Page) -> None:
    """Two of five were not answered: what they cost comes back, with their part of the fee."""
    press(page, "受付を早めに終了する")
    press(page, "受付を終了する")
    sees(page, "¥380を支払い、¥253をカードへ返金しました")


def test_whoever_is_late_loses_nothing_typed(phone: New, ahead: MarketAhead, books: Auditor) -> None:
    """One place: its time runs out, another has it for a while, the first hands in after all."""
    client, hanako, ren, sakura = phone("湊珈琲"), phone("花子"), phone("蓮"), phone("さくら")
    title = f"店名の調べもの{uuid4().hex[:6]}"
    write_task(client.page, title, market=ahead, slots=1)
    ask(client.page, **QUESTIONS[0])
    fund(client.page, pays="¥127")
    task = client.page.url
    sakura.page.goto(task)
    late = second_tab(sakura.page)
    hanako.page.goto(task)
    press(hanako.page, "作業を始める")
    fill(hanako.page, お店の名前="珈琲館 本店")
    ahead.put_to(ahead.now() + timedelta(minutes=31))
    books.sweep()
    ren.page.goto(task)
    press(ren.page, "作業を始める")
    sees(ren.page, "作業中の枠があります")
    press(hanako.page, "提出する")
    sees(hanako.page, "制限時間を過ぎ、空いている枠もないため提出できませんでした")
    expect(labelled(hanako.page, "お店の名前")).to_have_value("珈琲館 本店")
    press(sakura.page, "作業を始める")
    sees(sakura.page, "残りはすべて、ほかの方が作業中です")
    press(ren.page, "作業をやめて返却する")
    sees(ren.page, "作業をやめて枠を返却しました")
    tab = second_tab(hanako.page)
    press(hanako.page, "提出する")
    sees(hanako.page, "回答を提出しました")
    fill(tab, お店の名前="珈琲館 支店")
    press(tab, "提出する")
    sees(tab, "この回答はすでに提出済みです", "珈琲館 本店")
    books.assert_clean("handed in late")
    client.page.reload()
    press(client.page, "受付を早めに終了する")
    press(client.page, "受付を終了する")
    sees(client.page, "受付を終了しました")
    press(late, "作業を始める")
    sees(late, "このタスクの受付は終了しました")
    press(client.page, "回答を確認する")
    press(client.page, "チェックした回答を承認する")
    sees(client.page, "1件の回答を承認し、報酬を支払いました")
    from_bar(hanako.page, "報酬")
    sees(hanako.page, "¥100")
    books.assert_clean("approved after the closing")
