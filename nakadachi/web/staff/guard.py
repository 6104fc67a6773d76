"""The door of the console: for everybody but operators it does not exist, and each role sees its own areas."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.access.queries import role_behind_factor
from nakadachi.people.roles.areas import OPENS
from nakadachi.web.staff.console import Console

View = Callable[..., HttpResponse]


def operators_only(view: View) -> View:
    """404 unless the member who looks is an operator, of whatever role; without a second factor, the way to one.

    `request.console` is the frame of the page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_operator):
            raise NotVisible
        role = role_behind_factor(request.user)
        if role is None:
            return redirect("staff:second_step")
        request.console = Console(role, OPENS[role], request.path, request.now)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded


def works_in(area: str) -> Callable[[View], View]:
    """404 unless the operator's role opens this area of `people.roles.areas`."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if area not in request.console.areas:  # type: ignore[attr-defined]
                raise NotVisible
            return view(request, *args, **kwargs)

        return operators_only(guarded)

    return door
