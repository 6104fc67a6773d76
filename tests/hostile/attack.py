"""Sends one hostile input and says what is wrong with the answer. Nothing stays: every attempt is rolled back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.forms import BaseForm
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from nakadachi.kernel.refusal import Refusal
from nakadachi.web.ui.answers import sentence
from tests.every_page.undoing import undone, wrote
from tests.every_page.world import World, fingerprint
from tests.hostile.forms import Form
from tests.hostile.values import EITHER, MISSING, READ, REFUSED, Kind

URLENCODED = "application/x-www-form-urlencoded"
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
TECHNICAL = re.compile(
    r"Traceback|Exception|NULL|null|UUID|integer|constraint|invalid|\bint\b|正しい値|有効な|フィールド"
)
UNREADABLE = {"shape", "invalid", "fraction", "negative", "empty", "too_large", "null_characters_not_allowed"}


@dataclass(frozen=True)
class Answer:
    """What came back, and whether something was written although it was refused, or only asked."""

    response: HttpResponseBase
    body: str
    has_changed: bool


class Attacker:
    """One form in one world. Compares with the fingerprint of the world only when PostgreSQL counted a write."""

    def __init__(self, form: Form, world: World, browser: Client) -> None:
        form.before(world)
        self.form, self.world, self.browser = form, world, browser
        self.browser.raise_request_exception = False
        self.address = reverse(form.address, kwargs=form.arguments_in(world))
        self.good = form.good(world)
        self.before = fingerprint()

    def send(self, values: dict[str, Any], **more: Any) -> Answer:
        """As a browser sends it; what cannot be written in UTF-8 is sent all the same."""
        pairs = [(name, one) for name, value in values.items() for one in several(value)]
        body = urlencode(pairs, encoding="utf-8", errors="surrogatepass")
        cookies = self.browser.cookies.copy()
        with undone():
            written = wrote()
            if self.form.is_asked:
                response = self.browser.get(f"{self.address}?{body}", **more)
            else:
                response = self.browser.post(self.address, body, content_type=URLENCODED, **more)
            content = b"".join(response) if response.streaming else response.content
            may_write = response.status_code < 400 and not self.form.is_asked
            has_changed = not may_write and wrote() != written and fingerprint() != self.before
        self.browser.cookies = cookies
        return Answer(response, content.decode("utf-8", "replace"), has_changed)

    @contextmanager
    def kept(self, values: dict[str, Any]) -> Iterator[HttpResponseBase]:
        """The answer, while what it wrote is still there."""
        pairs = [(name, one) for name, value in values.items() for one in several(value)]
        with undone():
            yield self.browser.post(self.address, urlencode(pairs), content_type=URLENCODED)

    def wrong_with(self, name: str, kind: Kind, value: object, expected: str) -> Iterator[str]:
        """Every fault of the answer to one hostile input in one field."""
        expected = EITHER if self.form.is_lenient else expected
        values = self.good | {name: value}
        if value is MISSING:
            values.pop(name, None)
        answer = self.send(values)
        status = answer.response.status_code
        if status >= 500 or "Traceback" in answer.body:
            yield f"answers {status}"
            return
        if answer.has_changed:
            yield f"answers {status} and writes"
        if status in {301, 302} and not _is_ours(answer.response["Location"]):
            yield f"leads to {answer.response['Location'][:60]}"
        is_refused = status >= 400 or bool(errors_of(answer.response))
        if expected == REFUSED and not self.form.is_asked and not is_refused:
            yield f"is taken ({status})"
        is_page = answer.response.headers.get("Content-Type", "").startswith("text/html")
        if is_refused and is_page and status not in {400, 404} and not self.form.is_asked:
            yield from self.wrong_with_refusal(answer, values, name, expected)

    def wrong_with_refusal(self, answer: Answer, values: dict[str, Any], name: str, expected: str) -> Iterator[str]:
        """What a page that refuses leaves out: what was typed, or the sentence about it."""
        yield from self._kept(answer, values)
        yield from self._said(answer, name, expected)

    def _kept(self, answer: Answer, values: dict[str, Any]) -> Iterator[str]:
        """Everything typed is on the page again."""
        kinds = self.form.fields_in(self.world)
        for name, value in values.items():
            typed = several(value)[-1].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            is_shown = name in kinds and kinds[name].is_shown and not self.form.is_hidden
            if is_shown and typed.strip() and escape(typed) not in answer.body:
                yield f"loses {name}"

    def _said(self, answer: Answer, name: str, expected: str) -> Iterator[str]:
        """A sentence stands beside the field, in Japanese that a person would write."""
        errors = errors_of(answer.response)
        if not errors:
            yield "says nothing"
        if expected == REFUSED and errors and not {name, "__all__"} & set(errors):
            yield f"complains about {sorted(errors)} instead"
        for where, sentences in errors.items():
            for code, words in sentences:
                if not JAPANESE.search(words) or TECHNICAL.search(words):
                    yield f"says “{words}” in {where}"
                if escape(words) not in answer.body and words not in answer.body:
                    yield f"does not show “{words}” of {where}"
                if expected == READ and where == name and code in UNREADABLE:
                    yield f"could not read it: {words}"


def _is_ours(address: str) -> bool:
    """Where a browser would go: backslashes are slashes to it."""
    return urlsplit(urljoin("http://testserver/a/", address.replace("\\", "/"))).netloc == "testserver"


def several(value: object) -> tuple[str, ...]:
    """The values of one parameter."""
    return value if isinstance(value, tuple) else (str(value),)


def errors_of(response: Any) -> dict[str, list[tuple[str, str]]]:
    """Field → code and sentence, over every form on the page, rows with their prefix."""
    found: dict[str, list[tuple[str, str]]] = {}
    context = response.context
    layers = context if isinstance(context, list) else [context] if context else []
    shown = {name: thing for layer in layers for name, thing in layer.flatten().items()}
    everything = [thing for layer in layers for thing in layer.flatten().values()]
    forms = list({id(thing): thing for thing in everything if isinstance(thing, BaseForm)}.values())
    forms += getattr(shown.get("rows"), "rows", [])
    for form in forms:
        if form.is_bound:
            for name, errors in form.errors.as_data().items():
                said = [(error.code or "", message) for error in errors for message in error.messages]
                found.setdefault(form.add_prefix(name) if name != "__all__" else name, []).extend(said)
    refusal = shown.get("template_refusal") or shown.get("refusal")
    if isinstance(refusal, Refusal):
        found.setdefault(refusal.field or "__all__", []).append(("", sentence(refusal)))
    return found
