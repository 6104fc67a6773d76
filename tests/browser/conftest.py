"""A real Chromium before a real market: database, web and worker in processes of their own, the demo inside."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.run.market import Market

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
WAIT_MS_MAX = 15_000
expect.set_options(timeout=WAIT_MS_MAX)
REFUSED = re.compile(r"status of (409|422)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process drives all browser tests: they share the market."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    market = Market(tmp_path_factory.mktemp("market") / "data")
    market.start()
    yield market
    market.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Its loop runs in this thread; Django would take it for one of ours and refuse to ask the database."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Person:
    """Somebody with a browser of their own. Complaints of the console and of the policy are collected."""

    def __init__(self, browser: Browser, market: Market, *, width: int = 360, language: str = "ja-JP") -> None:
        self.market = market
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 780}, locale=language, base_url=market.url, accept_downloads=True
        )
        self.context.set_default_timeout(WAIT_MS_MAX)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        """A refused form is answered with 4xx and its page; Chromium notes that as an error, people don't."""
        if said.type == "error" and not REFUSED.search(said.text):
            self.complaints.append(f"{self.page.url}: {said.text}")

    def log_in(self, email: str, password: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(re.compile("/mypage/|/staff/second-step/|/2fa/authenticate/"))
        if "/2fa/" in self.page.url:
            self.second_step()

    def second_step(self) -> None:
        """The demo's operator: the code stands on a page, as visitors find it. Each is good once."""
        shown = self.context.new_page()
        for _ in range(40):
            shown.goto("/_demo/code/")
            if shown.locator("[data-code]").count():
                break
            shown.wait_for_timeout(1_000)
        self.page.fill("[name=code]", shown.locator("[data-code]").inner_text())
        shown.close()
        self.page.click("main form:has([name=code]) button[type=submit]")
        self.page.wait_for_url("**/mypage/")

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def person(browser: Browser, market: Market) -> Iterator[object]:
    """`person(width=…)` opens a browser of its own."""
    people: list[Person] = []

    def new(**options: object) -> Person:
        people.append(Person(browser, market, **options))  # type: ignore[arg-type]
        return people[-1]

    yield new
    for one in people:
        one.close()
    assert not [said for one in people for said in one.complaints]
