"""What waits, one thread, and what can be done with it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.roles import areas
from nakadachi.trust.inquiries import actions, policy, queries
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.web.pages.inquiries.about import About, thing
from nakadachi.web.pages.inquiries.views import TONES
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.inquiries.forms import AnswerForm, NoteForm
from nakadachi.web.ui.answers import keep_form, sentence, staff_of

PAGE = "staff_inquiries/detail.html"


def _tabs() -> dict[str, str]:
    return {
        "open": pgettext("console", "To answer"),
        "mine": pgettext("console", "Mine"),
        "answered": pgettext("console", "Answered"),
        "closed": pgettext("console", "Closed inquiries"),
    }


@works_in(areas.INQUIRIES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits longest comes first."""
    tabs = _tabs()
    here = request.GET.get("tab", "open")
    here = here if here in tabs else "open"
    page = queries.queue(staff_of(request), cast(queries.Tab, here), request.GET.get("after", ""))
    context = {
        "page": page,
        "rows": [(inquiry, TONES.get(inquiry.status, "plain")) for inquiry in page.rows],
        "tabs": [(label, f"?tab={name}", name == here) for name, label in tabs.items()],
    }
    return render(request, "staff_inquiries/list.html", context)


@works_in(areas.INQUIRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """GET shows the thread with its notes, POST answers."""
    staff = staff_of(request)
    inquiry = queries.inquiry_for(staff, inquiry_id)
    if request.method != "POST":
        return render(request, PAGE, _context(request, inquiry))
    form = AnswerForm(request.POST)
    context = _context(request, inquiry)
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    try:
        actions.answer(inquiry=inquiry, by=staff, at=request.now, **form.cleaned_data)
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    messages.success(request, pgettext("console", "The answer is sent."))
    return redirect("staff:inquiries:detail", inquiry.pk)


@works_in(areas.INQUIRIES)
@require_POST
def note(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Write a note."""
    staff = staff_of(request)
    inquiry = queries.inquiry_for(staff, inquiry_id)
    form = NoteForm(request.POST, auto_id="note_%s")
    context = {**_context(request, inquiry), "note_form": form}
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        actions.write_note(inquiry=inquiry, by=staff, at=request.now, **form.cleaned_data)
    except Refused as refused:
        form.add_error("text", sentence(refused.refusal))
        return render(request, PAGE, context, status=refused.refusal.status)
    messages.success(request, pgettext("console", "The note is kept."))
    return redirect("staff:inquiries:detail", inquiry.pk)


@works_in(areas.INQUIRIES)
@require_POST
def take(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Take it on."""
    staff = staff_of(request)
    actions.assign(inquiry=queries.inquiry_for(staff, inquiry_id), by=staff, at=request.now)
    messages.success(request, pgettext("console", "It is yours now."))
    return redirect("staff:inquiries:detail", inquiry_id)


@works_in(areas.INQUIRIES)
@require_POST
def close(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Settled."""
    staff = staff_of(request)
    actions.close(inquiry=queries.inquiry_for(staff, inquiry_id), by=staff, at=request.now)
    messages.success(request, pgettext("console", "The inquiry is closed."))
    return redirect("staff:inquiries:list")


def _context(request: HttpRequest, inquiry: Inquiry) -> dict[str, Any]:
    staff = staff_of(request)
    return {
        "inquiry": inquiry,
        "tone": TONES.get(inquiry.status, "plain"),
        "thread": queries.thread(inquiry, with_notes=True),
        "about": _about(request, inquiry),
        "can_answer": policy.can_answer(staff, inquiry) is None,
        "is_mine": inquiry.assignee_id == request.user.pk,
        "form": AnswerForm(),
        "note_form": NoteForm(auto_id="note_%s"),
    }


def _about(request: HttpRequest, inquiry: Inquiry) -> About | None:
    try:
        return thing(staff_of(request), inquiry.about_kind, inquiry.about_id)
    except NotVisible:
        return None
