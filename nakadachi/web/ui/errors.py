"""Pages for what goes wrong: one calm sentence each, what to do next, never a trace."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nakadachi.kernel.refusal import Refusal
from nakadachi.people.access.waiting import clock_after


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the request could not be read."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long or came from elsewhere."""
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: not there, or not for you; the two look the same."""
    return render(request, "errors/404.html", status=404)


def gone(request: HttpRequest) -> HttpResponse:
    """410: it was public, and whose it was has left."""
    return render(request, "errors/410.html", status=410)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal outside a form: its sentence and the way back."""
    return render(request, "errors/refused.html", {"refusal": refusal}, status=refusal.status)


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """429: too many tries, and from what time one may try again."""
    return render(request, "errors/429.html", {"clock": clock_after(request.now)}, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without context processors, since those may be what failed."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("errors/500.html", {"request": request}), status=500)
