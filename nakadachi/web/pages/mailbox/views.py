"""Pages of the demo's mailbox."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nakadachi.kernel.refusal import NotVisible
from nakadachi.web.pages.mailbox.reading import newest, read


def inbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    _only_in_demo()
    to = request.GET.get("to", "")[:100]
    return render(request, "mailbox/list.html", {"mails": newest(to), "to": to})


def detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text; addresses of this market can be followed."""
    _only_in_demo()
    mail = read(name)
    if mail is None:
        raise NotVisible
    return render(request, "mailbox/detail.html", {"mail": mail})


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise NotVisible
