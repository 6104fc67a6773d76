"""The last crash point of a request: everything is done and committed, and nobody has been told yet."""

from collections.abc import Callable

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from nakadachi.infra import crash_points

Answers = Callable[[HttpRequest], HttpResponse]


def before_answer(get_response: Answers) -> Answers:
    """`answer.<name of the address>` for everything that was sent; not there at all unless a test asks for it."""
    if not crash_points.ARE_ON:
        raise MiddlewareNotUsed

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and request.resolver_match is not None:
            crash_points.reached(f"answer.{request.resolver_match.url_name}")
        return response

    return answered
