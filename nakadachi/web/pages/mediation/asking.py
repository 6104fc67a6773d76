"""Asking the operator to mediate, after a page that says what that means; and taking it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import queries as contracts
from nakadachi.money import rulebook
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.purposes import on_claimed
from nakadachi.trust.mediation import actions, deadlines, policy, queries
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.mediation.forms import ClaimForm
from nakadachi.web.pages.mediation.sight import pieces_of, works_of
from nakadachi.web.pages.mediation.views import case_context
from nakadachi.web.ui.answers import actor_of, keep_form, sentence

NEW = "mediation/new.html"
WITHDRAW = "mediation/withdrawal.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, hold_id: int) -> HttpResponse:
    """What stands still, which stages with which dates, what silence does, what it costs; then the reason."""
    actor = actor_of(request)
    hold = queries.hold_for(actor, hold_id)
    opened = queries.open_by_hold([hold.pk]).get(hold.pk)
    if request.method != "POST" and opened is not None:
        return redirect("mediation:detail", opened.pk)
    context = _context(request, hold)
    if request.method != "POST":
        refusal = queries.ask_refusal(actor, hold)
        if refusal is not None:
            return render(request, NEW, {**context, "refusal": refusal}, status=refusal.status)
        return render(request, NEW, {**context, "form": ClaimForm()})
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return keep_form(request, NEW, form, context)
    try:
        case = actions.open_case(hold=hold, by=actor, at=request.now, **form.cleaned_data)
    except Refused as refused:
        if opened is not None:
            messages.info(request, sentence(refused.refusal))
            return redirect("mediation:detail", opened.pk)
        return keep_form(request, NEW, form, context, refused.refusal)
    messages.success(request, _("The operator is asked, and the other side is told. The money stays where it is."))
    return redirect("mediation:detail", case.pk)


def _context(request: HttpRequest, hold: Hold) -> dict[str, Any]:
    owner, now = on_claimed[hold.purpose], request.now
    contract = contracts.contract_for(actor_of(request), owner.contract_id_of(hold=hold))
    talk_until = deadlines.talk_until(now)
    return {
        "hold": hold,
        "contract": contract,
        "work": pieces_of([hold.pk]).get(hold.pk, contract.title),
        "other": contract.other_side(request.user.pk),
        "rules": rulebook.current().mediation,
        "talk_until": talk_until,
        "ruling_until": deadlines.ruling_until(talk_until),
        "by_rule_yen": owner.by_rule_yen(hold=hold),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, case_id: int) -> HttpResponse:
    """The work goes on as it was."""
    actor = actor_of(request)
    case = queries.case_for(actor, case_id)
    context = case_context(request, case, works_of([case])[case.pk])
    if request.method == "POST":
        try:
            actions.withdraw(case=case, by=actor, at=request.now)
        except Refused as refused:
            return refused_case(request, WITHDRAW, context, refused, Case.Outcome.WITHDRAWN)
        messages.success(request, _("The mediation is taken back. The work goes on."))
        return redirect("contracts:detail", case.contract_id)
    refusal = policy.can_withdraw(actor, case)
    status = refusal.status if refusal else 200
    return render(request, WITHDRAW, {**context, "refusal": refusal}, status=status)


def refused_case(
    request: HttpRequest, template: str, context: dict[str, Any], refused: Refused, *wished: str
) -> HttpResponse:
    """A button's refusal beside the button; pressed twice (the case already is as wished), its page with a word."""
    case = Case.objects.get(pk=context["case"].pk)
    if case.outcome in wished or case.status in wished:
        messages.info(request, sentence(refused.refusal))
        return redirect("mediation:detail", case.pk)
    return render(request, template, {**context, "refusal": refused.refusal}, status=refused.refusal.status)
