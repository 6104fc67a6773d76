"""Every page of the access table on a phone: axe by day and by night, both languages, twice as large."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.browser import crawl
from tests.browser.drawn import HALF_OF_A_DESKTOP, HEIGHT, PHONE, Draw, Drawing
from tests.every_page.table import ROWS, Row

PAGES = {name: row for name, row in ROWS.items() if row.is_page}
ORDER = ("worker", "client", "staff", "other", "anonymous")
"""Of those who may see a page, the first one looks."""
FADE_MS_MAX = 700


@pytest.fixture(scope="module")
def drawings() -> Iterator[dict[tuple[str, str], Drawing]]:
    kept: dict[tuple[str, str], Drawing] = {}
    yield kept
    for drawing in kept.values():
        drawing.close()


@pytest.fixture
def draw(browser: Browser, browse, drawings) -> Draw:
    def open_as(role: str, language: str) -> Drawing:
        if (role, language) not in drawings:
            drawings[role, language] = Drawing(browser, browse(role, language), language)
        return drawings[role, language]

    return open_as


def looker(row: Row) -> str:
    return next(role for role in (*ORDER, *sorted(row.seen_by)) if role in row.seen_by)


def lasting_faults(page: Page, options: dict[str, object]) -> list[str]:
    """What axe finds now and a moment later: a colour on its way to another is no fault."""
    if not crawl.faults_by_axe(page, options):
        return []
    page.wait_for_timeout(FADE_MS_MAX)
    return crawl.faults_by_axe(page, options)


@pytest.mark.parametrize("name", PAGES)
def test_a_page(name: str, draw: Draw, world) -> None:
    row = PAGES[name]
    path = reverse(name, kwargs=row.arguments(world))
    faults: list[str] = []
    for language in ("ja", "en"):
        drawing = draw(looker(row), language)
        page = drawing.page
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == row.answer
        faults += crawl.faults_of_layout(page)
        faults += lasting_faults(page, crawl.RULES if language == "ja" else crawl.IN_OTHER_WORDS)
        page.set_viewport_size({"width": HALF_OF_A_DESKTOP, "height": HEIGHT})
        faults += crawl.sideways(page)
        if language == "ja":
            page.emulate_media(color_scheme="dark")
            faults += lasting_faults(page, crawl.CONTRAST)
        faults += [f"{path}: {said}" for said in drawing.complaints]
        drawing.complaints.clear()
    assert not faults, "\n".join(faults)
