"""The door of the console: for everybody but operators it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from nakadachi.kernel.refusal import NotVisible

View = Callable[..., HttpResponse]


def operators_only(view: View) -> View:
    """404 unless the member who looks is an operator."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_operator):
            raise NotVisible
        return view(request, *args, **kwargs)

    return guarded
