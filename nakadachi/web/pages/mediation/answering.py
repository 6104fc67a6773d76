"""Answering the ruling: content with it, after a page that says what that means; or not, and why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.trust.mediation import actions, deadlines, policy, queries
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.mediation.asking import refused_case
from nakadachi.web.pages.mediation.forms import AppealForm
from nakadachi.web.pages.mediation.sight import share_in, works_of
from nakadachi.web.pages.mediation.views import case_context
from nakadachi.web.ui.answers import actor_of, keep_form

ACCEPT = "mediation/acceptance.html"
APPEAL = "mediation/appeal.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest, case_id: int) -> HttpResponse:
    """With both sides content the money is divided at once."""
    actor = actor_of(request)
    case = queries.case_for(actor, case_id)
    context = _context(request, case)
    if request.method == "POST":
        try:
            case = actions.accept_ruling(case=case, by=actor, at=request.now)
        except Refused as refused:
            return refused_case(request, ACCEPT, context, refused, Case.Outcome.RULED)
        if case.is_open:
            messages.success(request, _("You accept the ruling. It takes effect when the other side does too."))
        else:
            messages.success(request, _("Both sides accept the ruling. The money is divided."))
        return redirect("mediation:detail", case.pk)
    refusal = policy.can_accept_ruling(actor, case, request.now)
    return render(request, ACCEPT, {**context, "refusal": refusal}, status=refusal.status if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, case_id: int) -> HttpResponse:
    """Somebody else of the operator rules for good."""
    actor = actor_of(request)
    case = queries.case_for(actor, case_id)
    context = _context(request, case) | {"second_until": deadlines.second_ruling_until(request.now)}
    if request.method != "POST":
        refusal = policy.can_answer_ruling(actor, case, request.now)
        status = refusal.status if refusal else 200
        return render(request, APPEAL, {**context, "form": AppealForm(), "refusal": refusal}, status=status)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return keep_form(request, APPEAL, form, context)
    try:
        actions.appeal(case=case, reason=form.cleaned_data["text"], by=actor, at=request.now)
    except Refused as refused:
        if Case.objects.filter(pk=case.pk, appealed_by=request.user).exists():
            return refused_case(request, APPEAL, context, refused, Case.Status.APPEALED, Case.Outcome.APPEAL)
        return keep_form(request, APPEAL, form, context, refused.refusal)
    messages.success(request, _("Your appeal is made. Somebody else of the operator rules for good."))
    return redirect("mediation:detail", case.pk)


def _context(request: HttpRequest, case: Case) -> dict[str, object]:
    work = works_of([case])[case.pk]
    ruling = next(iter(queries.rulings_of(case)), None)
    share = share_in(case, ruling.worker_amount_yen, work) if ruling else None
    return case_context(request, case, work, ruling=ruling, share=share)
