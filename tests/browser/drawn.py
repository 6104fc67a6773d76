"""Pages of the table's world drawn by Chromium: answered in this process, without a server in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, Page, Route

ORIGIN = "http://localhost"
PHONE, HEIGHT = 360, 780
HALF_OF_A_DESKTOP = 640
"""What is left of 1280 when everything is enlarged to 200 %."""
_ASIDE = ThreadPoolExecutor(1)
"""Pages are made beside Playwright, whose loop fills this thread."""
NOT_SENT_ON = {"content-length", "connection", "set-cookie"}
WRITES_WHEN_OPENED = {"messages:read"}
"""Whoever opens a thread has read it: that is walked in test_talk.py. Here everybody only looks at one world."""


class Drawing:
    """Somebody's browser over Django's test client. Refused styles and scripts are heard."""

    def __init__(self, browser: Browser, client: Client, language: str) -> None:
        self.client = client
        self.context: BrowserContext = browser.new_context(
            viewport={"width": PHONE, "height": HEIGHT}, locale=language, base_url=ORIGIN, reduced_motion="reduce"
        )
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        if route.request.method != "GET":
            self._hold_back(route, parts.path)
            return
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer, body = _ASIDE.submit(self._get, path).result()
        headers = {name: value for name, value in answer.items() if name.lower() not in NOT_SENT_ON}
        route.fulfill(status=answer.status_code, headers=headers, body=body)

    def _hold_back(self, route: Route, path: str) -> None:
        """What a page sends by itself stays here; nothing but what is known may be sent."""
        if resolve(path).view_name not in WRITES_WHEN_OPENED:
            self.complaints.append(f"{path} was sent by {self.page.url} without anybody asking")
        route.fulfill(status=204)

    def _get(self, path: str) -> tuple[HttpResponse, bytes]:
        answer = self.client.get(path)
        return answer, b"".join(answer) if answer.streaming else answer.content

    def close(self) -> None:
        self.context.close()


Draw = Callable[[str, str], Drawing]
