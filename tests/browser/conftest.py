"""A real Chromium before a real market: database, web and worker in processes of their own, the demo inside."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from http.cookiejar import Cookie
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser import acts, hands
from tests.journeys.by_http import PASSWORD, HttpPerson, current_code
from tests.run.ahead import MarketAhead
from tests.run.market import Auditor, Market

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

    def __init__(
        self, browser: Browser, market: Market, *, width: int = 360, height: int = 780, language: str = "ja-JP",
        touch: bool = False,
    ) -> None:  # fmt: skip
        self.market, self.email, self.password, self.secret = market, "", PASSWORD, ""
        self.by_http = HttpPerson(market.url)
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, base_url=market.url, accept_downloads=True,
            has_touch=touch, is_mobile=touch,
        )  # fmt: skip
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

    def come_back(self) -> None:
        """After days: whoever was away too long logs in again."""
        self.page.goto("/mypage/")
        if "/accounts/login/" in self.page.url:
            self.log_in(self.email, self.password)

    def second_step(self) -> None:
        """The code of one's own app; that of the demo's operator stands on a page, as visitors find it. Good once."""
        if self.secret and isinstance(self.market, MarketAhead):
            self._enter(current_code(self.secret, self.market.now()))
            return
        shown = self.context.new_page()
        for _ in range(40):
            shown.goto("/_demo/code/")
            if shown.locator("[data-code]").count():
                break
            shown.wait_for_timeout(1_000)
        code = shown.locator("[data-code]").inner_text()
        shown.close()
        self._enter(code)

    def _enter(self, code: str) -> None:
        self.page.fill("[name=code]", code)
        self.page.click("main form:has([name=code]) button[type=submit]")
        self.page.wait_for_url("**/mypage/")

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def person(browser: Browser, market: Market) -> Iterator[object]:
    """`person(width=…)` opens a browser of its own."""
    yield from _people(lambda **options: Person(browser, market, **options))


def _people(open_one: Callable[..., Person]) -> Iterator[Callable[..., Person]]:
    """Whoever sits down gets up at the end, and none of them has heard a complaint."""
    people: list[Person] = []

    def new(*given: object, **options: object) -> Person:
        people.append(open_one(*given, **options))
        return people[-1]

    yield new
    for one in people:
        one.close()
    assert not [said for one in people for said in one.complaints]


@pytest.fixture(scope="package")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarketAhead]:
    """Another market, without the demo, whose clock can be put forward: for what takes weeks."""
    market = MarketAhead(tmp_path_factory.mktemp("ahead") / "data", demo=False)
    market.start()
    yield market
    market.stop()


@pytest.fixture(scope="package")
def books(ahead: MarketAhead) -> Iterator[Auditor]:
    """Of that market."""
    with ahead.auditor() as auditor:
        yield auditor


@pytest.fixture
def phone(browser: Browser, ahead: MarketAhead) -> Iterator[object]:
    """`phone("花子")` registers somebody in that market, and gives a small telephone into the hand, or a keyboard."""

    def member(name: str, *, has_keys: bool = False) -> Person:
        somebody = HttpPerson(ahead.url)
        email = f"{uuid4().hex[:8]}@example.jp"
        somebody.register(name=name, email=email, mailbox=ahead.folder / "mail")
        opened = (_keyboard if has_keys else _phone)(browser, ahead, somebody.cookies)
        opened.email, opened.by_http = email, somebody
        opened.page.goto("/mypage/")
        return opened

    yield from _people(member)


@pytest.fixture
def office(desk: Person) -> Person:
    """The operator, who looks in again however many days have passed."""
    desk.come_back()
    return desk


@pytest.fixture(scope="package")
def desk(browser: Browser, ahead: MarketAhead) -> Iterator[Person]:
    """The operator of that market, on a telephone, with a second step."""
    email = f"desk-{uuid4().hex[:6]}@example.jp"
    added = ahead.command("staff", "add", email)
    assert added.returncode == 0, added.stderr
    desk = _phone(browser, ahead, ())
    desk.email, desk.password = email, added.stdout.split()[-1]
    desk.log_in(desk.email, desk.password)
    desk.secret = acts.add_authenticator(desk.page, at=ahead.now())
    yield desk
    desk.close()
    assert not desk.complaints


def _phone(browser: Browser, market: Market, cookies: Iterable[Cookie]) -> Person:
    """360×740, worked by touch."""
    somebody = Person(browser, market, height=740, touch=True)
    hands.by_finger(somebody.page)
    return _known(somebody, market, cookies)


def _keyboard(browser: Browser, market: Market, cookies: Iterable[Cookie]) -> Person:
    """A desktop without a mouse."""
    somebody = Person(browser, market, width=1280)
    hands.by_keyboard(somebody.page)
    return _known(somebody, market, cookies)


def _known(somebody: Person, market: Market, cookies: Iterable[Cookie]) -> Person:
    kept = [{"name": one.name, "value": one.value or "", "url": market.url} for one in cookies]
    somebody.context.add_cookies(kept)  # type: ignore[arg-type]
    return somebody
