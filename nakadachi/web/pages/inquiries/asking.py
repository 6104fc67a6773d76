"""The form, reachable from the foot of every page, with and without an account."""

from typing import Any

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.people.access.waiting import clock_after
from nakadachi.trust.inquiries import actions, policy
from nakadachi.web.pages.inquiries.about import About, about_of
from nakadachi.web.pages.inquiries.forms import AskByMailForm, AskForm, blank
from nakadachi.web.ui.answers import actor_of, keep_form

PAGE = "inquiries/new.html"
AN_HOUR_SECONDS = 3600
"""How long a try counts: `inquiry` in `ACCOUNT_RATE_LIMITS`."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask. What fills the field that people do not see is thanked and thrown away."""
    signed_in = request.user.is_authenticated
    about = about_of(actor_of(request), request.GET.get("about", "")) if signed_in else None
    kind = AskForm if signed_in else AskByMailForm
    if request.method != "POST":
        return render(request, PAGE, {"form": kind(initial=blank(request.GET)), "about": about})
    form = kind(request.POST)
    context: dict[str, Any] = {"about": about}
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    if form.cleaned_data["website"]:
        return redirect("inquiries:sent")
    if not consume(request, action="inquiry"):
        clock = clock_after(request.now, AN_HOUR_SECONDS)
        return keep_form(request, PAGE, form, context, policy.TOO_MANY_IN_AN_HOUR.with_params(clock=clock))
    try:
        return _ask(request, form, about) if signed_in else _ask_by_mail(request, form)
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)


def _ask(request: HttpRequest, form: AskForm, about: About | None) -> HttpResponse:
    inquiry = actions.ask(
        member=request.user,
        category=form.cleaned_data["category"],
        text=form.cleaned_data["text"],
        about_kind=about.kind if about else "",
        about_id=about.id if about else None,
        request_key=form.cleaned_data["request_key"],
        by=actor_of(request),
        at=request.now,
    )
    return redirect("inquiries:detail", inquiry.pk)


def _ask_by_mail(request: HttpRequest, form: AskForm) -> HttpResponse:
    actions.ask_by_mail(
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        language=(get_language() or "ja")[:5],
        category=form.cleaned_data["category"],
        text=form.cleaned_data["text"],
        request_key=form.cleaned_data["request_key"],
        at=request.now,
    )
    return redirect("inquiries:sent")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail."""
    return render(request, "inquiries/sent.html")
