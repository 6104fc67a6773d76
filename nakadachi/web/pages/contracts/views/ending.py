"""Ending early: alone while nothing is set aside, otherwise proposed with a division to the yen, and answered."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions, policy, queries
from nakadachi.market.contracts.models import Contract, EndProposal
from nakadachi.web.pages.contracts.forms import EndAloneForm, EndForm
from nakadachi.web.pages.contracts.splitting import shares_of, shares_of_end
from nakadachi.web.pages.contracts.views.common import (
    back,
    button_page,
    contract_context,
    contract_of,
    has_become,
    refused_page,
)
from nakadachi.web.ui.answers import actor_of, keep_form

PROPOSE = "contracts/end_new.html"
SHARES = "contracts/shares.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Propose to end: why, and who gets what. 「計算する」 shows the division before anything is sent."""
    contract = contract_of(request, contract_id)
    actor = actor_of(request)
    milestones = queries.milestones_of(contract)
    held = policy.held(milestones)
    context = contract_context(request, contract)
    if request.method != "POST":
        refusal = policy.can_propose_end(actor, contract, milestones, _waiting(contract))
        if refusal:
            return refused_page(request, PROPOSE, context, refusal)
        form = EndForm(milestones=held)
        return render(
            request, PROPOSE, {**context, "form": form, "shares": shares_of(held, {one.pk: 0 for one in held})}
        )
    form = EndForm(request.POST, milestones=held)
    if not form.is_valid():
        context["shares"] = shares_of(held, form.settlement())
        return render(request, SHARES, context) if request.htmx else keep_form(request, PROPOSE, form, context)
    context["shares"] = shares_of(held, form.settlement())
    if request.htmx or "preview" in request.POST:
        return render(request, SHARES if request.htmx else PROPOSE, {**context, "form": form})
    return _propose(request, contract, form, context)


def _propose(request: HttpRequest, contract: Contract, form: EndForm, context: dict[str, Any]) -> HttpResponse:
    try:
        actions.propose_end(
            contract=contract,
            settlement=form.settlement(),
            reason=form.cleaned_data["reason"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, PROPOSE, form, context, refused.refusal)
    return back(contract, request, _("Your proposal to end the contract has been sent. The other side answers now."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alone(request: HttpRequest, contract_id: int) -> HttpResponse:
    """End without asking: possible while no money is set aside."""
    contract = contract_of(request, contract_id)
    context = contract_context(request, contract)
    template = "contracts/end_alone.html"
    if request.method != "POST":
        refusal = policy.can_end_alone(actor_of(request), contract, queries.milestones_of(contract))
        if refusal:
            return refused_page(request, template, context, refusal)
        return render(request, template, {**context, "form": EndAloneForm()})
    form = EndAloneForm(request.POST)
    if not form.is_valid():
        return keep_form(request, template, form, context)
    try:
        actions.end_alone(contract=contract, reason=form.cleaned_data["reason"], by=actor_of(request), at=request.now)
    except Refused as refused:
        if contract_of(request, contract_id).status == Contract.Status.ENDED:
            return refused_page(request, template, context, refused.refusal, already=True)
        return keep_form(request, template, form, context, refused.refusal)
    return back(contract, request, _("The contract has ended."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest, contract_id: int, end_id: int) -> HttpResponse:
    """Agree to the ending: the division is shown to the yen before the button."""
    end = _end_of(request, contract_id, end_id)
    context = contract_context(
        request, end.contract, end=end, shares=shares_of_end(end, queries.milestones_of(end.contract))
    )
    template = "contracts/end_acceptance.html"
    if request.method == "POST":
        try:
            actions.accept_end(end=end, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(end, EndProposal.Status.ACCEPTED)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(end.contract, request, _("Agreed. The contract has ended and the money was divided as proposed."))
    return button_page(request, template, context, policy.can_answer_end(actor_of(request), end, request.now))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: HttpRequest, contract_id: int, end_id: int) -> HttpResponse:
    """Do not agree: the contract goes on."""
    end = _end_of(request, contract_id, end_id)
    context = contract_context(request, end.contract, end=end)
    template = "contracts/end_refusal.html"
    if request.method == "POST":
        try:
            actions.decline_end(end=end, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(end, EndProposal.Status.DECLINED)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(end.contract, request, _("You did not agree. The contract goes on as before."))
    return button_page(request, template, context, policy.can_answer_end(actor_of(request), end, request.now))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, contract_id: int, end_id: int) -> HttpResponse:
    """Take one's own proposal back: the contract goes on."""
    end = _end_of(request, contract_id, end_id)
    context = contract_context(request, end.contract, end=end)
    template = "contracts/end_withdrawal.html"
    if request.method == "POST":
        try:
            actions.withdraw_end(end=end, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(end, EndProposal.Status.WITHDRAWN)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(end.contract, request, _("The proposal is withdrawn. The contract goes on as before."))
    return button_page(request, template, context, policy.can_withdraw_end(actor_of(request), end))


def _end_of(request: HttpRequest, contract_id: int, end_id: int) -> EndProposal:
    return queries.end_proposal_for(actor_of(request), contract_id, end_id)


def _waiting(contract: Contract) -> EndProposal | None:
    return next((end for end in queries.ends_of(contract) if end.status == EndProposal.Status.OPEN), None)
