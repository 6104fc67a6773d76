"""The demo operator's code of this half minute."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.demo import operator_code
from nakadachi.demo.stage import person
from nakadachi.kernel.refusal import NotVisible

OPERATOR = "desk"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The code, or that the next one comes within half a minute. Outside a demo there is no such page."""
    if not settings.DEMO:
        raise NotVisible
    code = operator_code.next_code(person(OPERATOR).email, request.now)
    secret = operator_code.SECRET
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render(request, "demo_code/page.html", {"code": code, "secret": groups})
