"""The edge of every request: the clock is read once, refusals become answers, private pages are not kept by caches."""

from collections.abc import Callable

import psycopg.errors
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from nakadachi.infra.clock import now
from nakadachi.kernel.refusal import N_, Gone, NotVisible, Refusal, Refused
from nakadachi.web.ui import errors

BUSY = Refusal("busy", N_("Somebody else is just changing this. Nothing was done; please try again in a moment."), 503)
_TRY_AGAIN = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled)


class Edge:
    """`request.now` is the moment of the request; everything below gets it as `at`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp, speak the member's language on a device that has not chosen one, and forbid what others could keep."""
        request.now = now()
        signed_in = request.user.is_authenticated
        if signed_in and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store" if signed_in else "private, no-cache")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view left: not visible → 404, gone → 410, refused → its sentence, locked → try again."""
        if isinstance(exception, NotVisible):
            return errors.not_found(request)
        if isinstance(exception, Gone):
            return errors.gone(request)
        if isinstance(exception, Refused):
            return errors.refused(request, exception.refusal)
        if isinstance(exception, OperationalError) and isinstance(exception.__cause__, _TRY_AGAIN):
            return errors.refused(request, BUSY)
        return None


edge = Edge
