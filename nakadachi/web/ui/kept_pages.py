"""Public pages, kept for a few seconds: what every visitor sees alike is drawn once and handed out from memory.

Only for visitors who are not logged in, only for views that say so with `same_for_everybody`, never for an answer that
sets a cookie. The longest a visitor can be behind is `PAGES_KEPT_SECONDS`; members always see the present. Each process
keeps its own few megabytes. See docs/adr/0011.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

View = Callable[..., HttpResponse]
PAGES_MAX = 400
BYTES_MAX = 300_000
QUALITY = 5
"""Of brotli: a millisecond a page, and within a tenth of the smallest."""


@dataclass
class _Page:
    """One answer with the headers of every middleware, in the two forms a browser may ask for."""

    until: float
    headers: list[tuple[str, str]]
    plain: bytes
    packed: dict[str, bytes] = field(default_factory=dict)

    def answer(self, accepted: str) -> HttpResponse:
        response = HttpResponse()
        for name, value in self.headers:
            response.headers[name] = value
        if "br" in accepted:
            if "br" not in self.packed:
                self.packed["br"] = brotli.compress(self.plain, quality=QUALITY)
            response.content = self.packed["br"]
            response.headers["Content-Encoding"] = "br"
        else:
            response.content = self.plain
        response.headers["Content-Length"] = str(len(response.content))
        return response


_pages: OrderedDict[tuple[Any, ...], _Page] = OrderedDict()
_lock = Lock()


def same_for_everybody(view: View) -> View:
    """Mark a view whose answer, for somebody who is not logged in, depends on the address and the language only."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response._same_for_everybody = not request.user.is_authenticated  # type: ignore[attr-defined]
        return response

    return marked


def forget() -> None:
    """Drop everything that is kept."""
    with _lock:
        _pages.clear()


class KeptPages:
    """Stands before every other middleware: a kept page costs neither a session nor a query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The kept answer, or a new one that may be kept."""
        key = _key(request) if settings.PAGES_KEPT_SECONDS else None
        if key is None:
            return self.get_response(request)
        accepted = request.headers.get("Accept-Encoding", "")
        page = _pages.get(key)
        if page is not None and page.until > time.monotonic():
            return page.answer(accepted)
        response = self.get_response(request)
        kept = _keep(key, response)
        return kept.answer(accepted) if kept else response


def _key(request: HttpRequest) -> tuple[Any, ...] | None:
    """What a public answer depends on, or None for somebody who may have one of their own."""
    if request.method != "GET" or not request.COOKIES.keys().isdisjoint({settings.SESSION_COOKIE_NAME, "messages"}):
        return None
    return (
        request.get_full_path(),
        get_language_from_request(request),
        request.META.get("HTTP_HOST"),
        request.is_secure(),
        request.META.get("HTTP_HX_REQUEST"),
    )


def _keep(key: tuple[Any, ...], response: HttpResponse) -> _Page | None:
    suits = getattr(response, "_same_for_everybody", False) and response.status_code == 200 and not response.cookies
    if not suits or len(response.content) > BYTES_MAX:
        return None
    patch_vary_headers(response, ["Accept-Encoding"])
    page = _Page(time.monotonic() + settings.PAGES_KEPT_SECONDS, list(response.items()), response.content)
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        while len(_pages) > PAGES_MAX:
            _pages.popitem(last=False)
    return page


kept_pages = KeptPages
