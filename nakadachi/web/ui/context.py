"""What every template may use: the name of the market, the moment of the request, and where one is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from nakadachi.notifications.queries import COUNTED_MAX, Unread, unread
from nakadachi.web.ui import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """One `now` for the whole page, so that no two of its lines disagree, and what the frame of the page needs."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    header, bar = navigation.header_links(), navigation.bar_links(signed_in=signed_in)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
        "now": getattr(request, "now", None),
        "signed_in": signed_in,
        "nav": header,
        "legal_links": navigation.text_links(),
        "nav_here": navigation.here(request.path, header),
        "bar": bar,
        "bar_here": navigation.here(request.path, bar),
        "menu": navigation.member_links() if signed_in else [],
        "unread": SimpleLazyObject(lambda: _short(_unread(request).notices)) if signed_in else "",
        "unread_messages": SimpleLazyObject(lambda: _short(_unread(request).messages)) if signed_in else "",
    }


def _unread(request: HttpRequest) -> Unread:
    """How much is unread; asked once a request, and only if the page has a header."""
    if not hasattr(request, "unread_of_member"):
        request.unread_of_member = unread(request.user.pk)
    found: Unread = request.unread_of_member
    return found


def _short(count: int) -> str:
    """In few signs, and in none when there is nothing."""
    return f"{COUNTED_MAX - 1}+" if count >= COUNTED_MAX else str(count or "")
