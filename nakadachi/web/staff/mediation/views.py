"""Cases by the day on which something is due, and one with what both sides wrote."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.people.roles import areas
from nakadachi.trust.mediation import actions, policy, queries
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.mediation.handing import answer
from nakadachi.web.pages.mediation.sight import (
    TONES,
    how_it_ended,
    result_of,
    said_in,
    steps_of,
    what_comes,
    works_of,
)
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.mediation.forms import EvidenceForm, QuestionForm
from nakadachi.web.ui.answers import keep_form, sentence, staff_of

PAGE = "staff_mediation/detail.html"


@works_in(areas.MEDIATION)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is due first comes first; what is over, the newest first."""
    is_open = request.GET.get("tab") != "closed"
    page = queries.queue(staff_of(request), is_open=is_open, after=request.GET.get("after", ""))
    works = works_of(page.rows)
    context = {
        "page": page,
        "rows": [(case, works[case.pk], TONES[case.status], case.status in queries.TO_RULE) for case in page.rows],
        "tabs": [
            (pgettext("mediation", "Under way"), "?tab=open", is_open),
            (pgettext("mediation", "Over"), "?tab=closed", not is_open),
        ],
    }
    return render(request, "staff_mediation/list.html", context)


@works_in(areas.MEDIATION)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, case_id: int) -> HttpResponse:
    """GET shows it, POST writes to both sides."""
    staff = staff_of(request)
    case = queries.case_for(staff, case_id)
    if request.method != "POST":
        return render(request, PAGE, {**_context(request, case), "form": QuestionForm()})
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return keep_form(request, PAGE, form, _context(request, case))
    try:
        actions.state(case=case, by=staff, at=request.now, **form.cleaned_data)
    except Refused as refused:
        return keep_form(request, PAGE, form, {**_context(request, case), "can_state": True}, refused.refusal)
    messages.success(request, pgettext("console", "Both sides can read it, and are told."))
    return redirect("staff:mediation:detail", case.pk)


@works_in(areas.MEDIATION)
@require_POST
def archive(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Everything as one file, with a reason."""
    staff = staff_of(request)
    case = queries.case_for(staff, case_id)
    form = EvidenceForm(request.POST)
    context = {**_context(request, case), "form": QuestionForm(), "evidence_form": form}
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        actions.disclose(case=case, reason=form.cleaned_data["reason"], by=staff, at=request.now)
    except Refused as refused:
        form.add_error("reason", sentence(refused.refusal))
        return render(request, PAGE, context, status=refused.refusal.status)
    return answer(case)


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    staff = staff_of(request)
    work = works_of([case])[case.pk]
    said = said_in(case, work, names_staff=True)
    written = sum(one.kind == "statement" and one.author_id == staff.id for one in said)
    return {
        **case_facts(case, work),
        "steps": steps_of(case),
        "comes": what_comes(case) if case.is_open else None,
        "ended": "" if case.is_open else how_it_ended(case),
        "result": result_of(case, work),
        "said": said,
        "can_state": policy.can_state(staff, case, written) is None,
        "refusal": queries.rule_refusal(staff, case, request.now) if case.status in queries.TO_RULE else None,
        "evidence_form": EvidenceForm(),
        "is_to_rule": case.status in queries.TO_RULE,
    }


def case_facts(case: Case, work: str) -> dict[str, Any]:
    """What both pages of a case show."""
    return {"case": case, "work": work, "tone": TONES[case.status], "contract": case.contract}
