"""Which browsers a member has logged in with before: a cookie that says so, and proves it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "__Host-devices" if settings.SECURE else "devices"
KEPT_SECONDS = 60 * 60 * 24 * 365
MEMBERS_MAX = 10
_PURPOSE = "nakadachi.people.access.devices"


def is_known(request: HttpRequest, member_id: int) -> bool:
    """This browser holds the mark of an earlier login of that member."""
    return any(constant_time_compare(mark, _mark(member_id)) for mark in _marks(request))


def remember(request: HttpRequest, response: HttpResponse, member_id: int) -> None:
    """Give the browser the mark. Several members of one household may share a browser."""
    mine = _mark(member_id)
    marks = [mine, *(mark for mark in _marks(request) if mark != mine)][:MEMBERS_MAX]
    response.set_cookie(
        COOKIE, ".".join(marks), max_age=KEPT_SECONDS, secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def _marks(request: HttpRequest) -> list[str]:
    return [mark for mark in request.COOKIES.get(COOKIE, "").split(".")[:MEMBERS_MAX] if mark]


def _mark(member_id: int) -> str:
    return salted_hmac(_PURPOSE, str(member_id), algorithm="sha256").hexdigest()[:32]
