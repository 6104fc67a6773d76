"""Every page in both languages: valid, translated, safe, cheap, and every link on it leads somewhere."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import brotli
import html5lib
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nakadachi.config import messages
from nakadachi.web.ui.assets import bundle
from tests.every_page.table import ROWS

PAGES = {name: row for name, row in ROWS.items() if row.is_page}
LANGUAGES = ("ja", "en")
WORDS_IN_SENTENCE_MIN = 3
PAGE_BYTES_MAX = 400_000
COMPRESSED_BYTES_MAX = 80_000
"""With its stylesheet and script: what a phone on a train loads in a second."""
SPECIMENS = {"gallery:page"}
"""Shows Japanese examples in every language."""


class Reader(HTMLParser):
    """Collects what a person reads and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attributes) -> None:
        for key, value in attributes:
            if tag == "a" and key == "href" and value:
                self.links.add(value)
            if key in {"aria-label", "title", "alt"} and value:
                self.texts.add(" ".join(value.split()))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.add(" ".join(data.split()))


@lru_cache
def catalogue() -> dict[str, str]:
    """English sentence → Japanese sentence, plain ones only."""
    joined = messages.join(settings.LOCALE_SOURCES, "ja")
    return {entry.msgid: entry.msgstr for entry in joined if "%" not in entry.msgid and "<" not in entry.msgid}


def read(answer) -> Reader:
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader


def assets_bytes() -> int:
    return sum(len(bundle(kind).brotlied) for kind in ("css", "js"))


def first_viewer(name: str) -> str:
    row = PAGES[name]
    return sorted(row.seen_by - row.gone_for)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_valid_safe_and_translated(name: str, language: str, world, browse) -> None:
    row = PAGES[name]
    browser = browse(first_viewer(name), language)
    address = reverse(name, kwargs=row.arguments(world))
    for _session in ("new", "seen a moment ago"):
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        assert answer.status_code == 200
        assert len(queries) <= row.queries_max, [query["sql"][:150] for query in queries]
    assert len(answer.content) < PAGE_BYTES_MAX
    assert len(brotli.compress(answer.content, quality=5)) + assets_bytes() < COMPRESSED_BYTES_MAX
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert f'<html lang="{language}"' in answer.content.decode()
    texts = read(answer).texts
    if language == "ja":
        assert not [text for text in texts if text in catalogue() and len(text.split()) >= WORDS_IN_SENTENCE_MIN]
    elif name not in SPECIMENS:
        japanese = {text for text in catalogue().values() if re.search(r"[ぁ-ん]", text) and len(text) > 4}
        assert not texts & japanese


@pytest.mark.parametrize("role", ["anonymous", "client", "worker", "staff"])
def test_every_link_leads_somewhere(role: str, world, browse) -> None:
    """From every page that this person sees, over every link of ours, once."""
    browser = browse(role)
    todo = [
        reverse(name, kwargs=row.arguments(world)) for name, row in PAGES.items() if role in row.seen_by - row.gone_for
    ]
    came_from: dict[str, str] = dict.fromkeys(todo, "the table")
    dead = []
    for address in todo:
        answer = browser.get(address)
        answer.close()
        if answer.status_code >= 400:
            dead.append((address, answer.status_code, came_from[address]))
            continue
        if not answer["Content-Type"].startswith("text/html") or answer.streaming:
            continue
        for link in read(answer).links:
            parts = urlsplit(link)
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if not parts.scheme and target.startswith("/") and target not in came_from and len(came_from) < 600:
                came_from[target] = address
                todo.append(target)
    assert not dead
