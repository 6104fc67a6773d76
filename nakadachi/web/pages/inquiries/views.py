"""One's own inquiries, the thread, and the same behind the link of a mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.trust.inquiries import actions, policy, queries
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.web.pages.inquiries.about import About, thing
from nakadachi.web.pages.inquiries.forms import ReplyForm
from nakadachi.web.ui.answers import actor_of, keep_form

TONES = {"open": "warn", "answered": "good", "closed": "plain"}
PAGE = "inquiries/detail.html"


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked."""
    page = queries.mine_page(actor_of(request), request.GET.get("after", ""))
    rows = [(inquiry, TONES.get(inquiry.status, "plain")) for inquiry in page.rows]
    return render(request, "inquiries/mine.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """GET shows the thread, POST writes back."""
    actor = actor_of(request)
    inquiry = queries.inquiry_for(actor, inquiry_id)
    context = {**_context(actor, inquiry), "about": _about(actor, inquiry)}
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": ReplyForm()})
    return _reply(request, actor, inquiry, context) or redirect("inquiries:detail", inquiry.pk)


@login_required
@require_POST
def close(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Settled, says the one who asked."""
    actor = actor_of(request)
    actions.close(inquiry=queries.inquiry_for(actor, inquiry_id), by=actor, at=request.now)
    messages.success(request, _("The inquiry is closed."))
    return redirect("inquiries:detail", inquiry_id)


@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Without an account: confirm first, then read and write back."""
    inquiry = queries.inquiry_of_token(token)
    if inquiry.status == Inquiry.Status.UNCONFIRMED:
        if request.method != "POST":
            return render(request, "inquiries/confirm.html", {"inquiry": inquiry})
        actions.confirm(inquiry=inquiry, by=SYSTEM, at=request.now)
        messages.success(request, _("Thank you. Your inquiry has reached us."))
        return redirect("inquiries:by_mail", token)
    context = _context(SYSTEM, inquiry)
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": ReplyForm()})
    return _reply(request, SYSTEM, inquiry, context) or redirect("inquiries:by_mail", token)


def _reply(request: HttpRequest, actor: Actor, inquiry: Inquiry, context: dict[str, Any]) -> HttpResponse | None:
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    try:
        actions.reply(inquiry=inquiry, by=actor, at=request.now, **form.cleaned_data)
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    messages.success(request, _("Your message is sent."))
    return None


def _context(actor: Actor, inquiry: Inquiry) -> dict[str, Any]:
    return {
        "inquiry": inquiry,
        "tone": TONES.get(inquiry.status, "plain"),
        "thread": queries.thread(inquiry, with_notes=False),
        "can_close": not actor.is_system and policy.can_close(actor, inquiry) is None,
    }


def _about(actor: Actor, inquiry: Inquiry) -> About | None:
    try:
        return thing(actor, inquiry.about_kind, inquiry.about_id)
    except NotVisible:
        return None
