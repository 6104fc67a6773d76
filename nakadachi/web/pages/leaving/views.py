"""「退会」: what stands in the way, the way out with its date, and one button that is always there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.closing import actions, queries
from nakadachi.closing.models import Closing
from nakadachi.closing.notes import unanswered_inquiries
from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.remainder import has_usable_account
from nakadachi.closing.remedies import Done
from nakadachi.kernel.refusal import Refused
from nakadachi.money import rulebook
from nakadachi.people.standing.queries import loaded
from nakadachi.web.pages.leaving.forms import ConsentForm, LeavingForm
from nakadachi.web.pages.leaving.listing import digest_of, sight
from nakadachi.web.ui.answers import actor_of, keep_form, posted, sentence

PAGE = "leaving/overview.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """The list, the date, the consent. Leaving closes the account at once when nothing is open, else it is reserved."""
    if request.method != "POST":
        return show(request)
    context = _context(request)
    form = LeavingForm(posted(request), has_remainder=context["has_remainder"])
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    try:
        closing = actions.reserve(
            member=request.user,
            by=actor_of(request),
            at=request.now,
            **{"leaves_remainder": False, **form.cleaned_data},
        )
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    return after(request, closing)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The page when something on it is not as it was `?seen=`; nothing otherwise. A closed account is led out of it."""
    if not request.user.is_authenticated:
        asked = HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return asked if "HX-Request" in request.headers else redirect_to_login(request.path)
    if request.GET.get("seen") == digest_of(obstacles_of(request.user, request.now)):
        return HttpResponse(status=204)
    return show(request)


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Stay after all, while the account is not closed yet."""
    closing = queries.current_of(request.user.pk)
    if closing is None:
        return redirect("leaving:overview")
    try:
        actions.undo(closing=closing, by=actor_of(request), at=request.now)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal))
        return redirect("leaving:overview")
    messages.success(request, _("Leaving is undone. Everything is as it was before."))
    return redirect("leaving:overview")


@login_required
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Whether a balance that cannot be transferred may stay behind."""
    closing = queries.current_of(request.user.pk)
    form = ConsentForm(request.POST)
    if closing is None or not form.is_valid():
        return redirect("leaving:overview")
    try:
        actions.change_consent(closing=closing, by=actor_of(request), at=request.now, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal))
        return redirect("leaving:overview")
    return after(request, actions.look(closing=closing, at=request.now))


def after(request: HttpRequest, closing: Closing) -> HttpResponse:
    """Where one comes out: the page of a closed account, which needs no login, or the list as it is now."""
    if closing.status == Closing.Status.RESERVED:
        return redirect("leaving:overview")
    logout(request)
    return redirect("leaving:afterwards", queries.token_of(closing))


def settled(request: HttpRequest) -> HttpResponse | None:
    """Where one comes out when what was just done was the last of it; None while something is left."""
    if not loaded(request.user).leaving_at:
        return None
    closing = queries.current_of(request.user.pk)
    if closing is None or actions.look(closing=closing, at=request.now).status == Closing.Status.RESERVED:
        return None
    closing.refresh_from_db()
    answer = after(request, closing)
    return HttpResponse(headers={"HX-Redirect": answer["Location"]}) if "HX-Request" in request.headers else answer


def _has_remainder(request: HttpRequest, obstacles: list[Obstacle]) -> bool:
    """A balance, and no bank account it could be transferred to."""
    return any(one.code.startswith("balance.") for one in obstacles) and not has_usable_account(request.user.pk)


def show(request: HttpRequest, done: Done | None = None, status: int = 200) -> HttpResponse:
    """The page as it is now; `done` is what a button of the list has just come to."""
    context = _context(request, done)
    form = LeavingForm(has_remainder=context["has_remainder"])
    return render(request, PAGE, {**context, "form": form}, status=status)


def _context(request: HttpRequest, done: Done | None = None) -> dict[str, Any]:
    obstacles = obstacles_of(request.user, request.now)
    closing = queries.current_of(request.user.pk) if loaded(request.user).leaving_at else None
    return {
        **sight(obstacles, request.now, done),
        "closing": closing,
        "inquiries": unanswered_inquiries(request.user),
        "has_remainder": _has_remainder(request, obstacles),
        "undo_days": rulebook.current().leaving.undo_days,
    }
