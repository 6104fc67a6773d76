"""Two people talk on two phones: what one writes stands on the other's page without a reload, with its read mark."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import from_bar, press, sees
from tests.browser.conftest import Person
from tests.journeys.by_http import PASSWORD, HttpPerson
from tests.journeys.project import Project
from tests.run.market import Market

New = Callable[..., Person]
WITHOUT_LINE = re.compile(r"ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError)")


@pytest.fixture(scope="module")
def project(market: Market) -> tuple[str, Project]:
    key, mailbox = uuid4().hex[:6], market.folder / "mail"
    client, worker = HttpPerson(market.url), HttpPerson(market.url)
    client.register(name="話し湊", email=f"client-{key}@example.jp", mailbox=mailbox)
    worker.register(name="話し花", email=f"worker-{key}@example.jp", mailbox=mailbox)
    project = Project(client, worker, f"メッセージの記事{key}")
    project.carry_on("fund")
    return key, project


def log_in(person: New, who: str, key: str) -> Page:
    somebody = person(width=360)
    somebody.log_in(f"{who}-{key}@example.jp", PASSWORD)
    return somebody.page


def write(page: Page, text: str, *, by_key: bool = False) -> None:
    field = page.get_by_label("メッセージ", exact=True).and_(page.locator("textarea"))
    field.fill(text)
    if by_key:
        field.press("Control+Enter")
    else:
        press(page, "送信する")
    expect(page.get_by_role("log")).to_contain_text(text)
    expect(field).to_have_value("")


def test_two_people_talk(person: New, project: tuple[str, Project]) -> None:
    key, work = project
    worker, client = log_in(person, "worker", key), log_in(person, "client", key)
    worker.goto(f"/contracts/{work.contract}/")
    press(worker, "メッセージを送る")
    worker.get_by_label("メッセージ", exact=True).and_(worker.locator("textarea")).fill("構成案からお送りします。")
    press(worker, "送信する")
    expect(worker.get_by_role("log")).to_contain_text("構成案からお送りします。")
    expect(worker.get_by_role("log")).to_contain_text("仮払い")

    client.goto("/mypage/")
    expect(client.get_by_role("navigation", name="よく使うページ")).to_contain_text("未読 1")
    from_bar(client, "メッセージ")
    client.get_by_role("main").get_by_role("link", name="話し花").click()
    sees(client, "構成案からお送りします。", "ここから未読")
    read = worker.locator("#talk-log > [data-own] .talk__read")
    expect(read.first).to_be_visible()

    marker = uuid4().hex
    worker.evaluate("word => (window.untouched = word)", marker)
    write(client, "ありがとうございます。https://example.jp/slides を参考にしてください。")
    expect(worker.get_by_role("log")).to_contain_text("ありがとうございます。")
    link = worker.get_by_role("link", name="https://example.jp/slides")
    assert link.get_attribute("rel") == "nofollow ugc noopener noreferrer"
    assert worker.evaluate("window.untouched") == marker

    write(worker, "承知しました。", by_key=True)
    expect(client.get_by_role("log")).to_contain_text("承知しました。")
    assert worker.evaluate("window.untouched") == marker
    for page in (worker, client):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.get_by_role("log").get_by_text("承知しました。").count() == 1


def test_what_is_opened_is_read_at_once(person: New, project: tuple[str, Project]) -> None:
    """Not only when the page asks for news the first time, after four seconds: many people have left by then."""
    key, work = project
    worker, client = log_in(person, "worker", key), log_in(person, "client", key)
    for page in (worker, client):
        page.goto(f"/contracts/{work.contract}/")
    press(worker, "メッセージを開く")
    write(worker, "図をお送りしました。")
    with client.expect_response("**/read/", timeout=3_000) as answer:
        press(client, "メッセージを開く")
    assert answer.value.status == 204
    client.goto("/mypage/")
    expect(client.get_by_role("navigation", name="よく使うページ")).not_to_contain_text("未読")


def test_a_message_taken_back_is_gone_on_both_phones(person: New, project: tuple[str, Project]) -> None:
    key, work = project
    worker, client = log_in(person, "worker", key), log_in(person, "client", key)
    for page in (worker, client):
        page.goto(f"/contracts/{work.contract}/")
        press(page, "メッセージを開く")
    write(worker, "宛先を間違えました。")
    expect(client.get_by_role("log")).to_contain_text("宛先を間違えました。")
    worker.get_by_role("listitem").filter(has_text="宛先を間違えました。").get_by_role(
        "button", name="取り消す"
    ).click()
    sees(worker, "メッセージを取り消しました")
    expect(client.get_by_role("log")).not_to_contain_text("宛先を間違えました。")
    expect(client.get_by_role("log")).to_contain_text("このメッセージは取り消されました")


def test_what_is_refused_keeps_the_words(person: New, project: tuple[str, Project]) -> None:
    key, work = project
    worker = log_in(person, "worker", key)
    worker.goto(f"/contracts/{work.contract}/")
    press(worker, "メッセージを開く")
    press(worker, "送信する")
    sees(worker, "メッセージを入力するか、ファイルを添付してください。")
    write(worker, "もう一度送ります。")
    worker.get_by_text("添付・定型文").click()
    worker.get_by_role("button", name="承知しました。ありがとうございます。").click()
    field = worker.get_by_label("メッセージ", exact=True).and_(worker.locator("textarea"))
    expect(field).to_have_value("承知しました。ありがとうございます。")
    attached = [{"name": "構成案.txt", "mimeType": "text/plain", "buffer": "1. はじめに".encode()}]
    worker.locator(".uploads__drop > input[type=file]").set_input_files(attached)
    expect(worker.locator("[data-uploads-list] [data-state=done]")).to_have_count(1)
    press(worker, "送信する")
    expect(worker.get_by_role("log")).to_contain_text("構成案.txt")
    expect(worker.locator("[data-uploads-list] > li")).to_have_count(0)


def test_a_broken_line_loses_no_word(person: New, project: tuple[str, Project]) -> None:
    key, work = project
    somebody = person(width=360)
    somebody.log_in(f"worker-{key}@example.jp", PASSWORD)
    page = somebody.page
    page.goto(f"/contracts/{work.contract}/")
    press(page, "メッセージを開く")
    field = page.get_by_label("メッセージ", exact=True).and_(page.locator("textarea"))
    field.fill("電車の中から送ります。")
    somebody.context.set_offline(True)
    press(page, "送信する")
    sees(page, "通信できませんでした", "入力した内容は残っています。")
    expect(page.locator("[data-no-answer] + #talk-form")).to_have_count(1)
    expect(field).to_have_value("電車の中から送ります。")
    somebody.context.set_offline(False)
    press(page, "送信する")
    expect(page.get_by_role("log")).to_contain_text("電車の中から送ります。")
    assert page.get_by_role("log").get_by_text("電車の中から送ります。").count() == 1
    expect(page.locator("[data-no-answer]")).to_have_count(0)
    assert any("ERR_INTERNET_DISCONNECTED" in said for said in somebody.complaints)
    somebody.complaints = [said for said in somebody.complaints if not WITHOUT_LINE.search(said)]
