"""Every form that asks for files × hostile files: refused in a sentence with nothing kept, or taken and harmless."""

import unicodedata
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.infra.files.models import StoredFile, Upload
from nakadachi.infra.files.names import NAME_BYTES_MAX
from nakadachi.infra.files.room import MEGABYTE
from nakadachi.market.tasks.fields import FILE, Field
from nakadachi.web.pages.files.handing import SANDBOX
from tests import taskwork
from tests.every_page.table import ROWS
from tests.every_page.undoing import undone, wrote
from tests.every_page.world import World, fingerprint
from tests.hostile.attack import Answer, Attacker, errors_of, several
from tests.hostile.forms import FORMS, Form
from tests.hostile.test_addresses import reader
from tests.hostile.values import EVERY, LINE, REFUSED
from tests.infra.files.corpus import CORPUS, Hostile

BYTES_MAX = 4 * MEGABYTE
LARGE = Hostile("too-large.bin", b"x" * (BYTES_MAX + 1), "file_too_large")
EMPTY = next(one for one in CORPUS if one.answer == "file_empty")
STEP = 1 if EVERY == 1 else 10
"""`HOSTILE_ALL=1` sends every file to every form; otherwise each form gets others, and together they get all."""


def asks_for_a_file(world: World) -> dict[str, Any]:
    """A claim of a task whose one question is answered with a file."""
    task = taskwork.pay(taskwork.draft_task(questions=[Field(key="", kind=FILE, label="写真")], at=now(),
        closes_at=world.tasks.open.closes_at), at=now())  # fmt: skip
    return {"task_id": task.pk, "claim_id": taskwork.claim(task, at=now()).pk}


REGISTERED = {form.name: form for form in FORMS if not form.is_asked}
FILED: list[tuple[Form, str]] = [
    *((REGISTERED[name], "files") for name in (
        "jobs:new_project", "jobs:new_hourly", "jobs:new_monthly", "jobs:edit", "jobs:edit open", "proposals:new",
        "proposals:new looked over", "proposals:new load", "proposals:new keep", "proposals:revise",
        "contracts:delivery", "contracts:revision", "messages:about", "messages:thread",
    )),
    (Form("tasks:work", "worker", {}, arguments=asks_for_a_file, label=" file"), "q1"),
    (Form("settings:avatar", "client", {}), "picture"),
    (Form("settings:verification_ask", "client", {"said": LINE}, arguments=lambda world: {"what": "identity"}),
        "files"),
    (REGISTERED["mediation:detail"], "files"),
]  # fmt: skip
JUDGED_LATER = {"proposals:new load", "proposals:new keep"}
"""Other buttons of the same form: what is wrong with the files is said when it is sent."""
READ_ONCE = {"leaving:verify"}
"""Looks at one file and keeps none, whoever sends it: tests/closing/test_receipt.py sends it the whole corpus."""
PICTURES_ONLY = {"settings:avatar", "settings:verification_ask"}


def chosen(turn: int) -> list[Hostile]:
    """A tenth of the corpus, another one for each form, and always nothing and too much."""
    return [*dict.fromkeys([EMPTY, LARGE, *(one for number, one in enumerate(CORPUS) if (number + turn) % STEP == 0)])]


def multipart(values: dict[str, Any], name: str, file: Hostile) -> tuple[bytes, str]:
    """As a browser sends it, the file's name as it is but for what would end the header."""
    line = f"----{uuid4().hex}"
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{one}\r\n'.encode()
        for key, value in values.items()
        for one in several(value)
    ]
    shown = file.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--{line}\r\nContent-Disposition: form-data; name="{name}"; filename="{shown}"\r\n'
    parts += [head.encode(), b"Content-Type: image/png\r\n\r\n", file.content, f"\r\n--{line}--\r\n".encode()]
    return b"".join(parts), f"multipart/form-data; boundary={line}"


def is_harmless(name: str) -> bool:
    """Nothing that leads elsewhere, hides, or turns the line around."""
    is_plain = not any(unicodedata.category(ch)[0] == "C" or ch in '/\\"<>' for ch in name)
    return is_plain and bool(name.strip(" .")) and len(name.encode()) <= NAME_BYTES_MAX


def faults_of_taking(browser: Client, stored: list[StoredFile]) -> Iterator[str]:
    for row in stored:
        if not is_harmless(row.name):
            yield f"is kept as {row.name!r}"
        answer = browser.get(reverse("files:download", args=[row.token, row.name]))
        assert b"".join(answer) or row.size_bytes == 0
        headers = answer.headers
        if answer.status_code != 200 or not headers["Content-Disposition"].startswith("attachment"):
            yield f"is handed out with {answer.status_code} {headers.get('Content-Disposition')}"
        elif headers["X-Content-Type-Options"] != "nosniff" or headers["Content-Security-Policy"] != SANDBOX:
            yield "is handed out without its walls"


def faults(attacker: Attacker, name: str, file: Hostile) -> Iterator[str]:
    """What is wrong with the answer to one file."""
    form, browser = attacker.form, attacker.browser
    values = {key: value for key, value in attacker.good.items() if key != name}
    body, content_type = multipart(values, name, file)
    with undone():
        there, waiting = set(StoredFile.objects.values_list("pk", flat=True)), set(Upload.objects.values_list("pk"))
        written = wrote()
        response = browser.post(attacker.address, body, content_type=content_type)
        has_written = wrote() != written and fingerprint() != attacker.before
        answer = Answer(response, response.content.decode("utf-8", "replace"), has_written)
        errors = errors_of(response)
        if response.status_code >= 500:
            yield f"answers {response.status_code}"
        elif response.status_code >= 400 or errors:
            if has_written:
                yield f"answers {response.status_code} and keeps something"
            if file.answer == "taken" and form.name not in PICTURES_ONLY:
                yield f"is refused: {errors}"
            yield from attacker.wrong_with_refusal(answer, values, name, REFUSED)
        elif file.answer != "taken" and form.name not in JUDGED_LATER:
            yield f"is taken ({response.status_code})"
        else:
            yield from faults_of_taking(browser, list(StoredFile.objects.exclude(pk__in=there)))
            kept = Upload.objects.exclude(pk__in=[pk for (pk,) in waiting])
            yield from (f"waits as {row.name!r}" for row in kept if not is_harmless(row.name))


@pytest.mark.parametrize("turn", range(len(FILED)), ids=lambda turn: FILED[turn][0].name)
def test_a_hostile_file_is_refused_or_harmless(turn: int, world, browse, settings) -> None:
    settings.FILE_BYTES_MAX = BYTES_MAX
    form, name = FILED[turn]
    with undone():
        attacker = Attacker(form, world, browse(form.role))
        found = [f"{file.name[:40]!r}: {fault}" for file in chosen(turn) for fault in faults(attacker, name, file)]
    assert not found, "\n".join([f"{len(found)} faults", *found[:40]])


def test_together_the_forms_get_every_file() -> None:
    assert {one.name for turn in range(len(FILED)) for one in chosen(turn)} == {one.name for one in [*CORPUS, LARGE]}


def test_every_page_that_asks_for_a_file_is_attacked(world, browse) -> None:
    known = {form.address for form, _name in FILED}
    asking = set()
    for address, row in ROWS.items():
        if row.answer == 200 and row.is_page and not address.startswith("gallery:"):
            with undone():
                answer = browse(reader(row)).get(reverse(address, kwargs=row.arguments(world)))
            if b'type="file"' in answer.content:
                asking.add(address)
    assert asking - READ_ONCE <= known
    assert known - asking <= {"tasks:work", "settings:verification_ask"}
