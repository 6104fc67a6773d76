"""List, draft, preview, publish."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.agreements import actions, queries
from nakadachi.people.agreements.filling import fill
from nakadachi.people.agreements.kinds import KINDS
from nakadachi.people.roles import areas
from nakadachi.web.pages.texts.values import values_on
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.texts.forms import DraftForm, PublishForm
from nakadachi.web.ui.answers import keep_form, posted, staff_of
from nakadachi.web.ui.prose import to_html


@works_in(areas.TEXTS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every text with what applies, what is announced, and whether a draft is being written."""
    found, drafts = queries.in_force(jst_date(request.now)), queries.drafts(staff_of(request))
    rows = [(kind, label, found.get(kind), drafts.get(kind)) for kind, label in KINDS.items()]
    return render(request, "staff_texts/list.html", {"rows": rows})


@works_in(areas.TEXTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str) -> HttpResponse:
    """Write the next version, starting from the draft or from what was published last."""
    context = _context(request, kind)
    form = DraftForm(posted(request), initial=_bodies(request, kind))
    if request.method != "POST":
        return render(request, "staff_texts/edit.html", {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, "staff_texts/edit.html", form, context)
    try:
        actions.save_draft(
            kind=kind, **form.cleaned_data, values=context["values"], by=staff_of(request), at=request.now
        )
    except Refused as refused:
        return keep_form(request, "staff_texts/edit.html", form, context, refused.refusal)
    return redirect("staff:texts:preview", kind)


@works_in(areas.TEXTS)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """The draft as everybody will read it, and the form that publishes it."""
    context = _context(request, kind)
    draft = queries.drafts(staff_of(request)).get(kind)
    if draft is None:
        return redirect("staff:texts:edit", kind)
    values = context["values"]
    context["bodies"] = [
        ("ja", "日本語", to_html(fill(draft.body_ja, values["ja"]))),
        ("en", "English", to_html(fill(draft.body_en, values["en"]))),
    ]
    form = PublishForm(posted(request), initial={"takes_effect_on": jst_date(request.now)})
    if request.method != "POST":
        return render(request, "staff_texts/preview.html", {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, "staff_texts/preview.html", form, context)
    try:
        made = actions.publish(kind=kind, **form.cleaned_data, values=values, by=staff_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "staff_texts/preview.html", form, context, refused.refusal)
    messages.success(request, pgettext("console", "The new version is published."))
    return redirect("texts:version", kind, made.dated)


@works_in(areas.TEXTS)
@require_POST
def discard(request: HttpRequest, kind: str) -> HttpResponse:
    """Throw the draft away."""
    _context(request, kind)
    actions.discard_draft(kind=kind, by=staff_of(request), at=request.now)
    messages.success(request, pgettext("console", "The draft was thrown away."))
    return redirect("staff:texts:list")


def _context(request: HttpRequest, kind: str) -> dict[str, Any]:
    if kind not in KINDS:
        raise NotVisible
    values = values_on(jst_date(request.now))
    return {
        "kind": kind,
        "title": KINDS[kind],
        "values": values,
        "places": list(values[get_language() or "ja"].items()),
        "versions": queries.versions(kind),
        "has_draft": kind in queries.drafts(staff_of(request)),
    }


def _bodies(request: HttpRequest, kind: str) -> dict[str, str]:
    draft = queries.drafts(staff_of(request)).get(kind)
    if draft is not None:
        return {"body_ja": draft.body_ja, "body_en": draft.body_en}
    last = queries.last(kind)
    return {"body_ja": last.template_ja, "body_en": last.template_en} if last else {}
