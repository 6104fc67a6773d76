"""Objections by the moment they are decided by themselves; one with the answer, the reason, and the decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.market.tasks import actions, queries
from nakadachi.people.roles import areas
from nakadachi.web.pages.tasks.common import figures, shown
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.tasks.forms import DecisionForm
from nakadachi.web.ui.answers import keep_form, staff_of

PAGE = "staff_tasks/detail.html"


@works_in(areas.REFUNDS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits, or what was decided."""
    is_open = request.GET.get("tab") != "decided"
    context = {
        "page": queries.appeals_page(is_open=is_open, after=request.GET.get("after", "")),
        "tabs": [
            (pgettext("objections", "Undecided"), "?tab=open", is_open),
            (pgettext("objections", "Decided"), "?tab=decided", not is_open),
        ],
    }
    return render(request, "staff_tasks/list.html", context)


@works_in(areas.REFUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, claim_id: int) -> HttpResponse:
    """GET shows it, POST decides."""
    claim = queries.appeal_for(staff_of(request), claim_id)
    context = {
        **figures(request, claim.task),
        "claim": claim,
        "answers": shown(claim, queries.files_of([claim]).get(claim.pk, {})),
        "judged": queries.judged(claim.task_id),
    }
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": DecisionForm()})
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    try:
        actions.decide(
            claim=claim,
            is_good=form.cleaned_data["outcome"] == "grant",
            text=form.cleaned_data["text"],
            by=staff_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    messages.success(request, pgettext("objections", "Decided. Both sides are told."))
    return redirect("staff:tasks:detail", claim.pk)
