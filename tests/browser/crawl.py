"""Follows the links of the pages as one person sees them, one or a few of each kind, and looks at every page."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PAGES_MAX = 130
OF_A_KIND_MAX = 2
MORE_OF_KIND = {
    "/contracts/N/": 8,
    "/jobs/N/": 3,
    "/proposals/N/": 10,
    "/jobs/N/proposals/": 4,
    "/earnings/journals/N/": 4,
}
"""What a contract's page offers depends on its state: several of them lead to all the deeds."""
NOT_PAGES = re.compile(r"\.(pdf|csv|txt|zip)$|/csv/$|^/files/|/file/$|^/hooks/|^/static/|/logout/|^/healthz|^/readyz")
TARGET_PX_MIN = 44
PRIMARY = ".btn--primary, .bar__item, .menu__link, .menu__open, input.input, select.input, textarea"
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
IN_OTHER_WORDS = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}

_axe = Axe()


def kind_of(path: str) -> str:
    """Addresses that differ in numbers only are one kind of page."""
    return re.sub(r"/[0-9][^/]*(?=/)", "/N", urlsplit(path).path)


def links(page: Page) -> list[str]:
    """Addresses of this market on the page, without the place inside it."""
    found: list[str] = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => a.href).filter(href => href.startsWith(location.origin))"
    )
    return [f"{at.path}?{at.query}" if at.query else at.path for at in map(urlsplit, found)]


def walk(page: Page, starts: list[str]) -> Iterator[str]:
    """Yields the kind of each page while it is open; the kind that was met least comes next."""
    waiting, seen, kinds = list(starts), set(starts), Counter[str]()
    while waiting and kinds.total() < PAGES_MAX:
        path = min(waiting, key=lambda path: kinds[kind_of(path)])
        waiting.remove(path)
        kind = kind_of(path)
        if kinds[kind] >= MORE_OF_KIND.get(kind, OF_A_KIND_MAX):
            continue
        kinds[kind] += 1
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        yield kind
        for link in links(page):
            if link not in seen and not NOT_PAGES.search(urlsplit(link).path):
                seen.add(link)
                waiting.append(link)


def faults_of_layout(page: Page) -> list[str]:
    """Nothing hangs over the edge; what fingers press is large enough."""
    small = page.evaluate(SMALL, [PRIMARY, TARGET_PX_MIN])
    return sideways(page) + [f"{page.url}: too small for a finger: {one}" for one in small]


def sideways(page: Page) -> list[str]:
    """What hangs over the right edge, at the width the window has now."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return [f"{page.url}: scrolls sideways, {page.evaluate(WIDEST)}"]


WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter(node => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.table-box, pre'))
  .slice(0, 3).map(node => node.outerHTML.slice(0, 120))"""
SMALL = """([selector, min]) => [...document.querySelectorAll(selector)]
  .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest('.hidden')
    && !['hidden', 'radio', 'checkbox'].includes(node.type))
  .map(node => [node.getBoundingClientRect(), node])
  .filter(([box]) => box.width > 1 && (Math.round(box.height) < min || Math.round(box.width) < min))
  .map(([box, node]) => `${Math.round(box.width)}×${Math.round(box.height)} ${node.outerHTML.slice(0, 120)}`)"""


STILL = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  await Promise.all(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime < 2000).map(one => one.finished.catch(() => null))) }"""


def faults_by_axe(page: Page, options: dict[str, object] = RULES) -> list[str]:
    """WCAG A and AA as far as a program sees it, and the size of targets. What still fades in is waited for."""
    page.evaluate(STILL)
    answer = _axe.run(page, options=options).response["violations"]
    return [
        f"{page.url}: {one['id']}: {node['failureSummary'][:240]}: {node['html'][:160]}"
        for one in answer
        for node in one["nodes"][:3]
    ]
