"""From a posting to an agreed contract, for the ways of working that take proposals, by people on small telephones."""

from datetime import date, timedelta

from playwright.sync_api import Page

from tests.browser import hands
from tests.browser.acts import fill, follow, from_bar, labelled, more, press, sees

SCOPE = "商品の登録と紹介文の作成。"


def post(page: Page, way: str, title: str, *, today: date, **fields: str) -> str:
    """Draft, last look, published; returns the address of the posting."""
    more(page, "仕事を依頼する")
    press(page, way)
    hands.of(page).choose(labelled(page, "カテゴリ"), "ECサイト運営")
    fill(page, 件名=title, 依頼の詳細=SCOPE, 提案の締切日=(today + timedelta(days=1)).isoformat(), **fields)
    press(page, "内容を確認する")
    sees(page, title, "下書きとして保存しました")
    press(page, "この内容で公開する")
    sees(page, "依頼を公開しました", title)
    return page.url


def find(page: Page, title: str) -> None:
    """The index is made a moment after the publishing: somebody who looks again finds it."""
    from_bar(page, "探す")
    found = page.get_by_role("main").get_by_role("link", name=title)
    for _ in range(60):
        fill(page, キーワード=title)
        press(page, "検索")
        page.wait_for_url("**/jobs/?**")
        if found.count():
            break
        page.wait_for_timeout(250)
    hands.of(page).press(found)
    sees(page, title)


def propose(page: Page, title: str, **fields: str) -> None:
    find(page, title)
    press(page, "提案する")
    fill(
        page,
        自己紹介="ネットショップの運営を5年しています。",
        この案件への対応="毎朝、新しい商品から登録します。",
        **fields,
    )
    press(page, "内容を確認する")
    press(page, "この内容で提案する")
    sees(page, "提案を送りました")


def choose_proposal(page: Page, job: str, worker: str) -> None:
    """The client reads the proposal and opens the form of an offer."""
    page.goto(job)
    press(page, "提案を見る")
    follow(page, worker)
    press(page, "この方に依頼する")


def confirm(page: Page) -> str:
    """The worker reads what is offered and agrees; returns the contract's address."""
    from_bar(page, "マイページ")
    press(page, "取引条件を確認する")
    sees(page, SCOPE)
    press(page, "この条件で契約する")
    sees(page, "契約が成立しました")
    return page.url
