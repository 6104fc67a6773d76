"""Every page that can be reached by following links, as each of the people of the demo, on a phone."""

from collections.abc import Callable

import pytest

from nakadachi.demo.logins import ROLES
from nakadachi.demo.members import PASSWORD
from nakadachi.demo.stage import person as demo_person
from tests.browser import crawl
from tests.browser.conftest import Person

New = Callable[..., Person]

VISITOR = ["/", "/jobs/", "/jobs/?q=記事", "/guide/", "/fees/?amount=10000", "/accounts/signup/", "/accounts/login/"]
MEMBER = [
    "/mypage/",
    "/jobs/",
    "/contracts/",
    "/earnings/",
    "/earnings/paid/",
    "/settings/",
    "/jobs/mine/",
    "/jobs/new/",
    "/jobs/new/project/",
    "/jobs/new/hourly/",
    "/jobs/new/monthly/",
]
STARTS = {"hanako": [*MEMBER, "/proposals/"], "minato": MEMBER, "desk": ["/staff/", "/staff/payouts/", "/mypage/"]}
EXPECTED = {
    "hanako": {"/contracts/N/milestones/N/delivery/", "/proposals/N/", "/earnings/payouts/", "/settings/bank/"},
    "minato": {"/contracts/N/milestones/N/acceptance/", "/jobs/N/proposals/", "/proposals/N/offer/new/"},
    "desk": {"/staff/payouts/N/"},
}
"""Kinds of pages the crawl must have met, or it has looked at too little."""
SHARED = ("/settings/", "/jobs/", "/accounts/", "/guide/", "/fees/", "/_")
"""The same for all members: axe looks once."""

_looked_at: set[str] = set()


def login_of(key: str) -> tuple[str, str]:
    return demo_person(key).email, PASSWORD


def look(somebody: Person, starts: list[str], who: str) -> tuple[set[str], list[str]]:
    """Visits everything; returns the kinds of pages and what is wrong with them."""
    kinds, faults = set[str](), list[str]()
    for kind in crawl.walk(somebody.page, starts):
        kinds.add(kind)
        faults += crawl.faults_of_layout(somebody.page)
        mark = kind if kind.startswith(SHARED) else f"{who} {kind}"
        if mark not in _looked_at:
            _looked_at.add(mark)
            faults += crawl.faults_by_axe(somebody.page)
    return kinds, faults


def test_a_visitor(person: New) -> None:
    _kinds, faults = look(person(), VISITOR, "visitor")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("key", [key for _role, key in ROLES])
def test_a_member(person: New, key: str) -> None:
    somebody = person()
    somebody.log_in(*login_of(key))
    kinds, faults = look(somebody, STARTS[key], key)
    assert not faults, "\n".join(faults)
    assert EXPECTED[key] <= kinds, sorted(kinds)


BAD = """<!DOCTYPE html><html lang="ja"><title>x</title><body style="margin:0"><main><h1>x</h1>
<p style="color:#bbb;background:#fff">薄い字</p><button class="btn--primary" style="height:20px">押す</button>
<div style="width:900px">広い</div></main></body></html>"""


def test_the_looking_itself_finds_things(person: New) -> None:
    page = person().page
    page.set_content(BAD)
    assert any("color-contrast" in fault for fault in crawl.faults_by_axe(page))
    sideways, small = crawl.faults_of_layout(page)
    assert "scrolls sideways" in sideways
    assert "too small" in small


DARK = [
    "/",
    "/jobs/",
    "/mypage/",
    "/contracts/",
    "/earnings/",
    "/settings/bank/",
    "/jobs/new/",
    "/jobs/new/monthly/",
    "/_gallery/",
]


@pytest.mark.parametrize("key", ["hanako", "minato"])
def test_in_the_dark(person: New, key: str) -> None:
    """Colours are others: contrast is looked at again, on one page of each kind of part."""
    somebody = person()
    somebody.log_in(*login_of(key))
    somebody.page.emulate_media(color_scheme="dark")
    faults = []
    somebody.page.goto("/contracts/")
    contracts = [link for link in crawl.links(somebody.page) if crawl.kind_of(link) == "/contracts/N/"]
    for path in [*DARK, *contracts[:2]]:
        somebody.page.goto(path)
        faults += crawl.faults_by_axe(somebody.page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_enlarged_and_wide(person: New, width: int) -> None:
    """A window of 1280 at 400 %, at 200 % and as it is: nothing is cut off, nothing scrolls sideways."""
    somebody = person(width=width)
    somebody.log_in(*login_of("minato"))
    for path in [*DARK, "/jobs/mine/", "/earnings/paid/"]:
        somebody.page.goto(path)
        wide = somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, (path, somebody.page.evaluate(crawl.WIDEST))


def test_text_at_double_size(person: New) -> None:
    """Only the letters are enlarged, as the setting of a browser does it."""
    somebody = person(width=1280)
    somebody.log_in(*login_of("hanako"))
    for path in DARK:
        somebody.page.goto(path)
        somebody.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        wide = somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, (path, somebody.page.evaluate(crawl.WIDEST))


FOCUS = """() => { const node = document.activeElement, box = node.getBoundingClientRect();
  const ring = part => { const style = getComputedStyle(node, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
  return [node.textContent.trim().slice(0, 30) || node.getAttribute('aria-label') || node.name,
    ring(null) || ring('::after'), box.width > 0 && box.bottom > 0 && box.top < innerHeight] }"""
"""What has the focus, whether it is marked (a card is marked as a whole), and whether it can be seen."""


def test_by_keyboard(person: New) -> None:
    """The first stop skips the header; every stop is seen; the menu opens, is walked through and closes."""
    somebody = person(width=1280)
    somebody.log_in(*login_of("hanako"))
    page = somebody.page
    page.goto("/jobs/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == ["本文へ移動", True, True]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(25):
        page.keyboard.press("Tab")
        name, marked, in_sight = page.evaluate(FOCUS)
        assert marked, name
        assert in_sight, name
    page.locator(".header .menu__open").focus()
    page.keyboard.press("Enter")
    assert page.locator(".header .menu__sheet").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu__sheet') !== null")
    page.keyboard.press("Escape")
    assert page.locator(".header .menu__sheet").is_hidden()
    assert page.evaluate("document.activeElement.matches('.menu__open')")
