"""The access table: every address × everybody × every method, whose the object is, and what leaks of it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.models import Contract
from tests.every_page import canaries
from tests.every_page.roles import LIKE, browser_of
from tests.every_page.table import ROWS, Row
from tests.every_page.undoing import undone, wrote
from tests.every_page.world import ROLES, World, fingerprint

EVERYBODY = (*ROLES, *LIKE)
OWN = {
    "settings:unblock": "its object belongs to one member",
    "proposals:new": "who proposed before is led there",
    "messages:about": "who is suspended reads why nothing new can be begun",
}
"""Addresses where somebody like a stranger is not just like that stranger."""
WITHOUT_PAGE = {"PATCH", "DELETE"}
SPEAKS_MORE = {"files:piece"}
"""Uploads in pieces take PATCH and DELETE."""
BY_LINK = {"inquiries:by_mail": {"CANARY LETTER"}}
"""Whoever holds the secret address is the one who asked."""
URLENCODED = "application/x-www-form-urlencoded"


def address_of(name: str, world: World) -> str:
    return reverse(name, kwargs=ROWS[name].arguments(world))


def may(row: Row, role: str) -> bool:
    like = LIKE.get(role, role)
    return like in row.seen_by and like not in row.gone_for


def faults_of_reading(role: str, world: World, browser: Client) -> Iterator[str]:
    """GET everywhere: the right status, nothing written, nobody else's words."""
    like, before = LIKE.get(role, role), fingerprint()
    for name, row in ROWS.items():
        with undone():
            written = wrote()
            answer = browser.get(address_of(name, world))
            content = b"".join(answer) if answer.streaming else answer.content
            if wrote() != written and fingerprint() != before:
                yield f"{name} writes"
        status = answer.status_code
        if status >= 500:
            yield f"{name} answers {status}"
        elif name in OWN and role in LIKE:
            continue
        elif may(row, role):
            if status != row.answer:
                yield f"{name} answers {status}"
        elif like == "anonymous":
            if status not in {302, 404, 405} or (status == 302 and "/accounts/login/" not in answer["Location"]):
                yield f"{name} answers {status}"
        elif like not in row.gone_for and status not in {404, row.answer} - {200}:
            yield f"{name} is open: {status}"
        said = content + repr(answer.headers).encode()
        for word, readers in canaries.READERS.items():
            if role not in readers and word.encode() in said and word not in BY_LINK.get(name, ()):
                yield f"{name} shows {word}"


def faults_of_writing(role: str, world: World, browser: Client) -> Iterator[str]:
    """POST where one may not: refused, and every row is as before. Other methods: refused everywhere, for everybody."""
    before = fingerprint()
    for name, row in ROWS.items():
        methods = ["PUT", "TRACE", *(WITHOUT_PAGE if name not in SPEAKS_MORE else ())] if may(row, role) else ["POST"]
        for method in methods:
            if name in OWN and role in LIKE:
                continue
            with undone():
                written = wrote()
                answer = browser.generic(method, address_of(name, world), b"confirm=1", URLENCODED)
                changed = wrote() != written and fingerprint() != before
            like, status = LIKE.get(role, role), answer.status_code
            refused = status in {302, 404, 405} if like == "anonymous" else status >= 400
            led_on = status == 302 and (like in row.gone_for or like in {"client", "worker"})
            if changed or not (refused or led_on) or status >= 500:
                yield f"{method} {name}: {status}{' and writes' if changed else ''}"


@pytest.mark.parametrize("role", EVERYBODY)
def test_everybody_reads_their_own_and_nothing_else(role: str, world) -> None:
    with undone():
        browser = browser_of(role, world)
        canaries.plant(world)
        assert list(faults_of_reading(role, world, browser)) == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_everybody_changes_their_own_and_nothing_else(role: str, world) -> None:
    with undone():
        assert list(faults_of_writing(role, world, browser_of(role, world))) == []


def test_the_planted_words_are_read_by_those_who_may(world) -> None:
    """Otherwise their absence elsewhere would mean nothing."""
    seen: set[str] = set()
    with undone():
        canaries.plant(world)
        for role in ("worker", "client", "staff"):
            browser = browser_of(role, world)
            for name, row in ROWS.items():
                if may(row, role) and row.is_page:
                    content = browser.get(address_of(name, world)).content.decode()
                    seen |= {word for word in canaries.READERS if word in content}
    assert set(canaries.READERS) - canaries.SELDOM <= seen


def test_every_address_has_somebody_who_gets_it() -> None:
    assert {name for name, row in ROWS.items() if not row.seen_by - row.gone_for} <= {"health:metrics"}


def test_the_table_notices_a_query_that_forgot_the_actor(world, monkeypatch) -> None:
    """Negative control: with one careless query the same look around finds open pages and foreign words."""
    monkeypatch.setattr(contracts, "contract_for", lambda actor, contract_id: Contract.objects.get(pk=contract_id))
    with undone():
        browser = browser_of("other", world)
        canaries.plant(world)
        faults = list(faults_of_reading("other", world, browser))
    assert any(fault.startswith("contracts:terms is open") for fault in faults), faults
    assert any("shows カナリア姓" in fault or "shows CANARY" in fault for fault in faults), faults
