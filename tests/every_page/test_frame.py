"""What stands on every page: one heading, the way back, one thing to do first, a title of its own."""

import re
from collections import defaultdict
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.urls import reverse

from tests.every_page.table import ROWS

PAGES = {name: row for name, row in ROWS.items() if row.is_page and row.answer == 200}
TOP = {
    "home:index": "the front page",
    "help:fees": "in the header",
    "help:guide": "in the header",
    "jobs:list": "in the header",
    "mypage:home": "where crumbs begin",
    "staff:home": "where the console's crumbs begin",
    "demo_code:page": "belongs to nothing",
    "texts:list": "in the footer",
    "inquiries:new": "in the footer",
    "inquiries:sent": "the end of a way without an account",
    "inquiries:by_mail": "reached from a mail, without an account",
    "notices:stop": "reached from a mail, without an account",
    "leaving:verify": "for whoever was handed a receipt, without an account",
    "leaving:claim": "for whoever holds a code, without an account",
    "leaving:afterwards": "the end of a way, reached from a mail too",
}
"""Pages without crumbs, and why."""
SEVERAL = {"gallery:page": "shows every button there is"}
"""Pages with more than one primary button, and why. The same one may come twice: a phone keeps it in reach."""
TITLES_SHARED_MAX = 2
"""A page of the member and one of the operator may be called the same."""


@pytest.fixture(scope="module")
def read():
    """Each page once."""
    return {}


def page_of(name: str, world, browse, read) -> Element:
    if name not in read:
        row = PAGES[name]
        viewer = sorted(row.seen_by - row.gone_for)[0]
        answer = browse(viewer, "ja").get(reverse(name, kwargs=row.arguments(world)))
        read[name] = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    return read[name]


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def levels(page: Element) -> list[int]:
    return [int(one.tag[1]) for one in page.find(".//main").iter() if re.fullmatch("h[1-6]", str(one.tag))]


@pytest.mark.parametrize("name", PAGES)
def test_one_heading_and_the_order_of_the_others(name, world, browse, read):
    found = levels(page_of(name, world, browse, read))
    assert found.count(1) == 1
    assert found[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(found)), found


@pytest.mark.parametrize("name", PAGES)
def test_the_way_back_and_one_thing_to_do_first(name, world, browse, read):
    main = page_of(name, world, browse, read).find(".//main")
    has_crumbs = any("crumbs" in classes(nav) for nav in main.iter("nav"))
    assert has_crumbs != (name in TOP)
    primary = {(one.get("href"), one.text) for one in main.iter() if "btn--primary" in classes(one)}
    assert (len(primary) <= 1) != (name in SEVERAL), primary


def test_titles_tell_pages_apart(world, browse, read):
    pages = defaultdict(list)
    for name in PAGES:
        title = page_of(name, world, browse, read).findtext(".//title").partition(" | ")[0].strip()
        assert title
        pages[title].append(name)
    assert not {title: names for title, names in pages.items() if len(names) > TITLES_SHARED_MAX}
