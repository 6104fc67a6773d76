"""Sessions are noticed and, when their time is over, ended; too many tries are answered as such."""

from collections.abc import Callable

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from nakadachi.people.access import presence as sessions
from nakadachi.people.access.waiting import TOO_MANY_SECONDS


class Presence:
    """Inside `Edge`, which stamps `request.now`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A session that is over is a visitor's; a living one is noted down now and then."""
        if SESSION_KEY in request.session:
            if sessions.is_over(request.session, request.now):
                logout(request)
            else:
                _note(request)
        response = self.get_response(request)
        if getattr(request, "too_many_tries", False) and response.status_code == 200:
            response.status_code = 429
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(TOO_MANY_SECONDS))
        return response


def _note(request: HttpRequest) -> None:
    agent, address = request.headers.get("User-Agent", ""), get_client_ip(request) or ""
    sessions.note(request.session, agent=agent, address=address, at=request.now)


presence = Presence
