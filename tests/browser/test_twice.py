"""Pressed twice, gone back, two tabs, two people: exactly one effect, and a page that stays calm about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.browser import acts
from tests.browser.acts import press, sees
from tests.browser.conftest import Person
from tests.journeys.by_http import PASSWORD as HTTP_PASSWORD
from tests.journeys.by_http import HttpPerson
from tests.journeys.project import Project
from tests.run.market import Auditor, Market

New = Callable[..., Person]


@dataclass
class Two:
    """Client and worker of one pair, over HTTP for the way there and in a browser for what is looked at."""

    market: Market
    key: str
    client: HttpPerson
    worker: HttpPerson

    def project(self, upto: str) -> Project:
        project = Project(self.client, self.worker, f"二度押しの記事{uuid4().hex[:4]}")
        project.carry_on(upto)
        return project

    def open(self, person: New, who: str, path: str) -> Person:
        somebody = person()
        somebody.log_in(f"{who}-{self.key}@example.jp", HTTP_PASSWORD)
        somebody.page.goto(path)
        return somebody


@pytest.fixture(scope="module")
def two(market: Market) -> Two:
    key, mailbox = uuid4().hex[:6], market.folder / "mail"
    two = Two(market, key, HttpPerson(market.url), HttpPerson(market.url))
    two.client.register(name="二度湊", email=f"client-{key}@example.jp", mailbox=mailbox)
    two.worker.register(name="二度花", email=f"worker-{key}@example.jp", mailbox=mailbox)
    two.worker.register_bank_account("7654321")
    return two


@pytest.fixture(scope="module")
def auditor(market: Market) -> Iterator[Auditor]:
    with market.auditor() as auditor:
        yield auditor


def second_tab(page: Page) -> Page:
    """The same page in another tab of the same browser."""
    tab = page.context.new_page()
    tab.goto(page.url)
    return tab


def happened(page: Page, contract: str, what: str) -> int:
    """How often the history of the contract tells it."""
    page.goto(f"/contracts/{contract}/")
    return page.get_by_role("main").get_by_text(what).count()


def double_click(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).dblclick(no_wait_after=True)


def test_the_paying_button_pressed_twice(person: New, two: Two, auditor: Auditor) -> None:
    project = two.project("confirm")
    page = two.open(person, "client", f"/contracts/{project.contract}/").page
    press(page, "仮払いをする")
    double_click(page, "¥10,550 を支払う")
    sees(page, "仮払いが完了しました")
    assert happened(page, project.contract, "仮払いが完了しました") == 1
    auditor.assert_clean("paid twice")


def test_paying_in_two_tabs_and_again_by_the_back_button(person: New, two: Two, auditor: Auditor) -> None:
    project = two.project("confirm")
    page = two.open(person, "client", f"/contracts/{project.contract}/").page
    press(page, "仮払いをする")
    tab = second_tab(page)
    press(page, "¥10,550 を支払う")
    sees(page, "仮払いが完了しました")
    press(tab, "¥10,550 を支払う")
    sees(tab, "仮払い")
    assert tab.url.endswith(f"/contracts/{project.contract}/"), tab.url
    page.go_back()
    if page.get_by_role("button", name="¥10,550 を支払う").count():
        press(page, "¥10,550 を支払う")
    sees(page, "仮払い")
    assert happened(page, project.contract, "仮払いが完了しました") == 1
    auditor.assert_clean("paid in two tabs")


def test_a_delivery_sent_twice(person: New, two: Two) -> None:
    project = two.project("fund")
    page = two.open(person, "worker", f"/contracts/{project.contract}/").page
    press(page, "納品する")
    tab = second_tab(page)
    acts.fill(page, クライアントへのメッセージ="できました")
    double_click(page, "納品する")
    sees(page, "納品しました", "第1回の納品")
    acts.fill(tab, クライアントへのメッセージ="もう一度")
    press(tab, "納品する")
    sees(tab, "納品")
    assert happened(page, project.contract, "第2回の納品") == 0


def test_accepting_twice(person: New, two: Two, auditor: Auditor) -> None:
    """Double click, a second tab that was open before, and the back button: one reward."""
    project = two.project("deliver")
    page = two.open(person, "client", f"/contracts/{project.contract}/").page
    press(page, "検収する")
    tab = second_tab(page)
    double_click(page, "検収して報酬を確定する")
    sees(page, "完了しました")
    press(tab, "検収して報酬を確定する")
    sees(tab, "完了しました")
    assert tab.url.endswith(f"/contracts/{project.contract}/"), tab.url
    page.go_back()
    if page.get_by_role("button", name="検収して報酬を確定する").count():
        press(page, "検収して報酬を確定する")
    sees(page, "完了しました")
    assert happened(page, project.contract, "検収し、報酬が確定しました") == 1
    auditor.assert_clean("accepted twice")


def test_client_asks_for_a_revision_while_the_worker_withdraws(person: New, two: Two, auditor: Auditor) -> None:
    """Two people at once: the second reads what has changed, keeps what was typed, and nothing else happens."""
    project = two.project("deliver")
    client = two.open(person, "client", f"/contracts/{project.contract}/").page
    worker = two.open(person, "worker", f"/contracts/{project.contract}/").page
    press(client, "修正を依頼する(あと2回)")
    acts.fill(client, 直してほしいところ="章を足してください。")
    acts.withdraw_delivery(worker)
    press(client, "ワーカーに送る")
    sees(
        client, "状況が変わっています" if client.get_by_text("状況が変わっています").count() else "章を足してください。"
    )
    assert happened(client, project.contract, "修正を依頼しました") == 0
    auditor.assert_clean("revision against withdrawal")


def test_a_payout_asked_for_in_two_tabs(person: New, two: Two, auditor: Auditor) -> None:
    two.project("accept")
    page = two.open(person, "worker", "/earnings/payouts/new/").page
    tab = second_tab(page)
    double_click(page, "この内容で申請する")
    sees(page, "出金を申請しました")
    press(tab, "この内容で申請する")
    sees(tab, "申請済み")
    page.goto("/earnings/payouts/")
    assert page.locator("#payouts li").count() == 1
    auditor.assert_clean("payout asked for twice")
