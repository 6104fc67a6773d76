"""What every template may use: the name of the market, the moment of the request, and who is here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from nakadachi.web.ui import frame


def site(request: HttpRequest) -> dict[str, Any]:
    """One `now` for the whole page, so that no two of its lines disagree. Only whole pages ask for the frame."""
    user = getattr(request, "user", None)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
        "now": getattr(request, "now", None),
        "signed_in": bool(user and user.is_authenticated),
        "look": SimpleLazyObject(lambda: frame.look_of(request)),
    }
