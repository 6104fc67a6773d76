"""退会: each obstacle's button on the real page, on a telephone: one press, and the row is gone without reload."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from nakadachi.closing.catalogue import KINDS
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.remedies import REMEDIES
from nakadachi.people.models import Member
from tests.closing.states import STATES

PRESSED = [kind.name for kind in KINDS if any(button.name in REMEDIES for button in kind.buttons)]
ONLY_ASKED = {"escrow.idle.client"}
"""An end that is proposed waits for the other side: the row says so, and stays until then."""


@pytest.fixture
def site(committed_db: str) -> Iterator[str]:
    """The pages in a thread of this process, before a database of their own."""
    server = LiveServerThread("127.0.0.1", _StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    server.join()


@pytest.fixture
def enter(site: str, browser: Browser) -> Iterator[Callable[[Member], Page]]:
    """The member's page of leaving, in a browser of their own that has heard no complaint at the end."""
    contexts, complaints = [], []

    def page_of(member: Member) -> Page:
        session = Client()
        session.force_login(member)
        context = browser.new_context(viewport={"width": 360, "height": 780}, locale="ja-JP", base_url=site)
        context.add_cookies([{"name": key, "value": one.value, "url": site} for key, one in session.cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(reverse("leaving:overview"))
        contexts.append(context)
        return page

    yield page_of
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("kind", PRESSED)
def test_one_press_and_the_row_is_gone_without_reload(kind: str, enter):
    person, at = STATES[kind]()
    remedy = next(
        remedy for one in obstacles_of(person, at) if one.kind == kind for remedy in one.remedies if remedy.is_deed
    )
    page = enter(person)
    page.evaluate("window.stays = true")
    row = page.locator(f'[data-kind="{kind}"]')
    button = row.locator(f'[data-remedy="{remedy.name}"]')
    expect(button).to_be_visible()
    button.click()
    if kind in ONLY_ASKED:
        expect(page.locator('[data-kind="end.open.own"]')).to_be_visible()
    else:
        expect(row).to_have_count(0)
    assert page.evaluate("window.stays") is True
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
