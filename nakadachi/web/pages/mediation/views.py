"""One's own cases, and one of them with everything that was said in it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.trust.mediation import actions, policy, queries
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.mediation.forms import StatementForm
from nakadachi.web.pages.mediation.sight import (
    TONES,
    how_it_ended,
    result_of,
    said_in,
    share_in,
    steps_of,
    what_comes,
    works_of,
)
from nakadachi.web.ui.answers import actor_of, keep_form

PAGE = "mediation/detail.html"


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every case one is a side of."""
    page = queries.mine_page(actor_of(request), request.GET.get("after", ""))
    works = works_of(page.rows)
    rows = [(case, works[case.pk], TONES[case.status], case.contract.other_side(request.user.pk)) for case in page.rows]
    return render(request, "mediation/mine.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, case_id: int) -> HttpResponse:
    """GET shows it, POST adds a statement."""
    actor = actor_of(request)
    case = queries.case_for(actor, case_id)
    if request.method != "POST":
        return render(request, PAGE, {**_context(request, actor, case), "form": StatementForm()})
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return keep_form(request, PAGE, form, _context(request, actor, case))
    try:
        actions.state(
            case=case,
            text=form.cleaned_data["text"],
            attached=form.cleaned_data["files"],
            request_key=form.cleaned_data["request_key"],
            by=actor,
            at=request.now,
        )
    except Refused as refused:
        context = {**_context(request, actor, case), "can_state": True}
        return keep_form(request, PAGE, form, context, refused.refusal)
    messages.success(request, _("Your statement is added. The other side is told."))
    return redirect("mediation:detail", case.pk)


def _context(request: HttpRequest, actor: Actor, case: Case) -> dict[str, Any]:
    work = works_of([case])[case.pk]
    said = said_in(case, work)
    own = queries.own_offers(actor, case)
    written = sum(one.kind == "statement" and one.author_id == request.user.pk for one in said)
    return {
        **case_context(request, case, work),
        "steps": steps_of(case),
        "comes": what_comes(case) if case.is_open else None,
        "ended": "" if case.is_open else how_it_ended(case),
        "result": result_of(case, work),
        "said": said,
        "offers": [(offer, share_in(case, offer.worker_amount_yen, work)) for offer in own],
        "can_state": policy.can_state(actor, case, written) is None,
        "can_offer": policy.can_offer(actor, case, own, request.now) is None,
        "can_answer": policy.can_answer_ruling(actor, case, request.now) is None,
        "can_accept": policy.can_accept_ruling(actor, case, request.now) is None,
        "can_withdraw": policy.can_withdraw(actor, case) is None,
    }


def case_context(request: HttpRequest, case: Case, work: str, **more: Any) -> dict[str, Any]:
    """What every page about a case shows beside its form."""
    return {
        "case": case,
        "work": work,
        "tone": TONES[case.status],
        "side": case.side_of(request.user.pk),
        "other": case.contract.other_side(request.user.pk),
        **more,
    }
