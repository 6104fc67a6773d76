"""Pages of the demo's mailbox."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.infra.mail.links import parts_of
from nakadachi.kernel.refusal import NotVisible
from nakadachi.web.pages.mailbox.reading import newest, read, readers


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    _only_in_demo()
    to = request.GET.get("to", "")[:100]
    found = readers()
    context = {"mails": newest(to), "to": to, "readers": found, "count": sum(count for _who, count in found)}
    return render(request, "mailbox/list.html", context)


@require_safe
def detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text; addresses of this market can be followed."""
    _only_in_demo()
    mail = read(name)
    if mail is None:
        raise NotVisible
    return render(request, "mailbox/detail.html", {"mail": mail, "parts": parts_of(mail.body)})


@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "form-action": [NONE], "frame-ancestors": [NONE]})
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail as a mail program shows it: its own styles, and nothing else is allowed."""
    _only_in_demo()
    mail = read(name)
    if mail is None or not mail.html:
        raise NotVisible
    return HttpResponse(mail.html)


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise NotVisible
