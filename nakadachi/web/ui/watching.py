"""Every request is counted, timed and told to the log by its route. Stands before every other middleware."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

log = logging.getLogger("nakadachi.requests")
SECONDS = Histogram(
    "nakadachi_request_seconds",
    "Requests by route and kind of answer, and how long they took.",
    ["route", "method", "answer"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Watching:
    """`request.id` is the proxy's X-Request-ID, or a new one; it goes back with the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the time around everything else."""
        begun = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request.id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        took = time.perf_counter() - begun
        match = request.resolver_match
        route = match.view_name if match else "(kept)" if response.status_code == 200 else "(none)"
        method = request.method if request.method in _METHODS else "(other)"
        SECONDS.labels(route, method, f"{response.status_code // 100}xx").observe(took)
        if log.isEnabledFor(logging.INFO):
            told = {
                "request_id": request.id,  # type: ignore[attr-defined]
                "method": method,
                "route": route,
                "status": response.status_code,
                "milliseconds": round(took * 1_000, 1),
            }
            log.info("%(method)s %(route)s %(status)s %(milliseconds)s ms", told, extra=told)
        return response


watching = Watching
