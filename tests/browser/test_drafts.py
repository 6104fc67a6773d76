"""What one types is there again after a closed tab, gone once it is sent, and nobody else's on the same device."""

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person

New = Callable[..., Person]
BACK = "前回の入力内容を復元しました"


def typed(page: Page, text: str) -> None:
    page.get_by_label("内容").fill(text)
    page.wait_for_function("text => Object.values(localStorage).some(one => one.includes(text))", arg=text)


def test_a_closed_tab_loses_nothing(person: New) -> None:
    visitor = person()
    text = f"出金の予定日について教えてください{uuid4().hex[:6]}"
    visitor.page.goto("/inquiries/new/")
    typed(visitor.page, text)
    visitor.page.goto("/inquiries/new/")
    expect(visitor.page.get_by_label("内容")).to_have_value(text)
    expect(visitor.page.get_by_role("main")).to_contain_text(BACK)
    visitor.page.get_by_role("button", name="破棄して入力し直す").click()
    expect(visitor.page.get_by_label("内容")).to_have_value("")
    visitor.page.goto("/inquiries/new/")
    expect(visitor.page.get_by_label("内容")).to_have_value("")


def test_somebody_else_on_the_device_sees_nothing_of_it(person: New) -> None:
    member = person()
    member.log_in("hanako@example.jp", "nakadachi-demo")
    member.page.goto("/inquiries/new/")
    typed(member.page, "はなこの下書き")
    member.page.goto("/mypage/")
    member.page.get_by_label("あなたのメニュー").click()
    member.page.get_by_role("button", name="ログアウト").first.click()
    member.page.wait_for_load_state()
    assert not member.page.evaluate("Object.values(localStorage).some(one => one.includes('はなこの下書き'))")
    member.page.goto("/inquiries/new/")
    expect(member.page.get_by_label("内容")).to_have_value("")
