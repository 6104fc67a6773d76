"""A person without a browser: cookies, forms with their hidden fields, redirects. Quick, and it may be used in threads.

A market that is down is `Down`; whoever gets it sends the same form again.
"""

import base64
import hmac
import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TypeVar

TIMEOUT_SECONDS = 20
PASSWORD = "深煎りの豆を5杯分だけ"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_LINK = re.compile(r"https?://\S+/accounts/confirm-email/\S+")
_SECRET = re.compile(r"data-secret>([A-Z2-7]+)<")
T = TypeVar("T")


def current_code(secret: str, at: datetime | None = None) -> str:
    """What an authenticator app shows then, or now: RFC 6238, six digits of HMAC-SHA1 over half minutes."""
    count = int((at.timestamp() if at else time.time()) // 30).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), count, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


class Down(Exception):
    """No answer, or one that says the market is not well."""


class Misled(AssertionError):
    """An answer that the story does not know."""


@dataclass(frozen=True)
class Answer:
    status: int
    path: str
    text: str
    body: bytes


@dataclass(frozen=True)
class Form:
    """A filled-in form. Sent twice it is the same form: its request key travels with it."""

    path: str
    fields: dict[str, str] = field(default_factory=dict)


class HttpPerson:
    """One session with one market."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.url + path))

    def fill_in(self, path: str, **fields: str) -> Form:
        """Open the page and fill in its form; hidden fields stay as they came."""
        hidden = dict(_HIDDEN.findall(self.get(path).text.split("<main", 1)[-1]))
        return Form(path, hidden | {name.replace("__", "-"): value for name, value in fields.items()})

    def send(self, form: Form) -> Answer:
        return self._ask(urllib.request.Request(self.url + form.path, urllib.parse.urlencode(form.fields).encode()))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return _read(answer.status, answer.url, answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                body = answer.read()
            if answer.code >= 500:
                raise Down(answer.code) from None
            return _read(answer.code, answer.url, body)
        except (OSError, http.client.HTTPException) as problem:
            raise Down(repr(problem)) from None

    def register(self, *, name: str, email: str, mailbox: Path) -> None:
        """By way of the confirmation mail, which is a file in a market without a mail server."""
        self.send(self.fill_in("/accounts/signup/", email=email, display_name=name, password1=PASSWORD, agreed="on"))
        link = wait_for(lambda: _confirmation(mailbox, email))
        self.send(self.fill_in(urllib.parse.urlsplit(link).path))
        assert self.get("/mypage/").path == "/mypage/", email

    def add_authenticator(self) -> None:
        """An operator's first deed: without a second step the console stays shut."""
        assert self.get("/staff/").path == "/staff/second-step/"
        path = "/accounts/2fa/totp/activate/"
        page = self.get(path).text
        hidden = dict(_HIDDEN.findall(page.split("<main", 1)[-1]))
        self.send(Form(path, hidden | {"code": current_code(_SECRET.search(page)[1])}))
        assert self.get("/staff/").path == "/staff/"

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.send(self.fill_in("/accounts/login/", login=email, password=password))
        assert self.get("/mypage/").path == "/mypage/", email

    def register_bank_account(self, number: str) -> None:
        branch = "/settings/bank/new/?bank_code=0001&branch_code=240"
        answer = self.send(
            self.fill_in(branch, kind="ordinary", number=number, holder="ヤマダ ハナコ", step="register")
        )
        assert answer.path == "/settings/bank/", answer.text


def _read(status: int, url: str, body: bytes) -> Answer:
    return Answer(status, urllib.parse.urlsplit(url).path, body.decode("utf-8", "replace"), body)


def _confirmation(mailbox: Path, email: str) -> str:
    for path in mailbox.glob("[!.]*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = mail.get_body(("plain",)) if str(mail["To"]) == email else None
        if body is not None and (link := _LINK.search(body.get_content())):
            return link[0]
    return ""


def wait_for(look: Callable[[], T], seconds: float = 30) -> T:
    until = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.1)
    return found


def again_and_again(deed: Callable[[], T], seconds: float = 60) -> T:
    """What people do when a page does not come: the same once more, until it does."""
    until = time.monotonic() + seconds
    while True:
        try:
            return deed()
        except Down:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
