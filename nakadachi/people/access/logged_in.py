"""`request.user`: Django's, with all its checks, but the member is read together with the session."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from nakadachi.people.at_hand import holding
from nakadachi.people.models import Member


class LoggedIn(AuthenticationMiddleware):
    """In the place of Django's middleware."""

    def process_request(self, request: HttpRequest) -> None:
        """Who is logged in is found out when somebody asks."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _member_of(request))  # type: ignore[assignment]


def _member_of(request: HttpRequest) -> Member | AnonymousUser:
    member = request.session.member if SESSION_KEY in request.session else None
    with holding(member):
        return get_user(request)


logged_in = LoggedIn
