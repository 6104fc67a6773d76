"""The edge of every request: the clock is read once, refusals become answers, private pages are not kept by caches."""

from collections.abc import Callable

import psycopg.errors
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from nakadachi.infra.clock import now
from nakadachi.kernel.refusal import N_, NotVisible, Refusal, Refused
from nakadachi.web.ui import errors

BUSY = Refusal("busy", N_("Somebody else is just changing this. Nothing was done; please try again in a moment."), 503)
_TRY_AGAIN = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled)


class Edge:
    """`request.now` is the moment of the request; everything below gets it as `at`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp, answer, and forbid caching of anything that belongs to somebody."""
        request.now = now()
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view did not handle itself: not visible → 404, refused → its sentence, locked → try again."""
        if isinstance(exception, NotVisible):
            return errors.not_found(request)
        if isinstance(exception, Refused):
            return errors.refused(request, exception.refusal)
        if isinstance(exception, OperationalError) and isinstance(exception.__cause__, _TRY_AGAIN):
            return errors.refused(request, BUSY)
        return None


edge = Edge
