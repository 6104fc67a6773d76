"""Hostile addresses: ids that are none, questions that make no sense, methods and hosts nobody asked for."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.every_page.table import ROWS, Row
from tests.every_page.undoing import undone, wrote

IDS = ("0", "-1", "2147483648", "9223372036854775808", "9" * 400, "x", "%00", "1%00", "１", "²", "1.0", "1e3", "%2e%2e")
WITH_IDS = [name for name, row in ROWS.items() if row.arguments.__code__.co_argcount and row.seen_by - row.gone_for]
QUESTIONS = ("after", "page", "status", "tab", "side", "show", "sort", "q", "next", "about", "version", "milestone",
    "since", "until", "subject", "subject_id", "actor_id", "kind", "category", "format", "min_yen", "words",
    "bank_code", "branch_code", "amount", "amount_yen", "month", "year")  # fmt: skip
NONSENSE = ("", "-1", "0", "x", "\x00", "9" * 400, "1e400", "'; DROP TABLE people_member; --", "\ud83d", "../..", "<b>")
METHODS = ("PUT", "PATCH", "DELETE", "TRACE")
ANSWERS_PIECES = {"files:piece"}
"""The one address that is made for other methods: files arrive and go there, one's own only."""
HOSTS = ("evil.example", "evil.example:80", "testserver.evil.example", "testserver@evil.example", "testserver\\.evil")


def reader(row: Row) -> str:
    return min(row.seen_by - row.gone_for - {"anonymous"}, default="client")


def ways(name: str, world) -> list[str]:
    """The address with each of its changing parts in turn replaced by each hostile id."""
    arguments = ROWS[name].arguments(world)
    address = reverse(name, kwargs=arguments)
    parts = address.split("/")
    places = [
        number for number, part in enumerate(parts) if part in {quote(str(value)) for value in arguments.values()}
    ]
    return ["/".join([*parts[:place], bad, *parts[place + 1 :]]) for place in places for bad in IDS]


@pytest.mark.parametrize("name", WITH_IDS)
def test_ids_that_are_none_are_not_found(name: str, world, browse) -> None:
    row = ROWS[name]
    browser = browse(reader(row))
    browser.raise_request_exception = False
    ask = browser.post if row.answer == 405 else browser.get
    faults = []
    for address in ways(name, world):
        with undone():
            before = wrote()
            answer = ask(address)
            has_written = wrote() != before
            answer.close()
        if answer.status_code not in {404, 405} and (has_written or not is_known(name, address, world)):
            faults.append((address[:80], answer.status_code))
    assert not faults


def is_known(name: str, address: str, world) -> bool:
    """Words instead of ids: a file is known by its token whatever name stands behind it; a question of one's own task
    that is gone already leads back to those that are there."""
    if name in {"tasks:question_removal", "tasks:question_up"}:
        return address.startswith(reverse("tasks:questions", args=[ROWS[name].arguments(world)["task_id"]]))
    return name == "files:download" and "view" not in address


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.answer == 200])
def test_questions_that_make_no_sense_are_no_fault(name: str, world, browse) -> None:
    row = ROWS[name]
    browser = browse(reader(row))
    browser.raise_request_exception = False
    address = reverse(name, kwargs=row.arguments(world))
    for nonsense in NONSENSE:
        pairs = [(question, nonsense) for question in QUESTIONS]
        with undone():
            answer = browser.get(f"{address}?{urlencode(pairs, errors='surrogatepass')}")
            answer.close()
        assert answer.status_code < 500, nonsense


@pytest.mark.parametrize("name", [name for name in ROWS if name not in ANSWERS_PIECES])
def test_other_methods_do_nothing(name: str, world, browse) -> None:
    row = ROWS[name]
    browser = browse(reader(row))
    browser.raise_request_exception = False
    address = reverse(name, kwargs=row.arguments(world))
    for method in METHODS:
        with undone():
            before = wrote()
            answer = browser.generic(method, address, b"confirm=1", "application/x-www-form-urlencoded")
            assert wrote() == before, method
        assert answer.status_code in {404, 405}, method
        assert answer.status_code == 404 or answer["Allow"], method
    overrides = {"x-http-method-override": "DELETE", "x-http-method": "PUT", "x-method-override": "PATCH"}
    with undone():
        plain = browser.get(address)
        plain.close()
    with undone():
        tricked = browser.get(f"{address}?_method=DELETE", headers=overrides)
        tricked.close()
    assert tricked.status_code == plain.status_code
    with undone():
        head = browser.head(address)
        assert head.status_code == plain.status_code
        assert not b"".join(head) if head.streaming else not head.content
    with undone():
        assert browser.options(address).status_code in {200, 404, 405, plain.status_code}


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_refused(host: str, world) -> None:
    client = Client(raise_request_exception=False)
    for path in ("/", "/jobs/", "/accounts/login/", "/accounts/password/reset/"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 400, path
        assert "evil" not in answer.content.decode()


def test_a_forwarded_host_is_not_believed(world) -> None:
    headers = {"x-forwarded-host": "evil.example", "x-host": "evil.example", "forwarded": "host=evil.example"}
    answer = Client().get("/", headers=headers)
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()
