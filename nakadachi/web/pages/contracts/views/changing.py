"""Changing the terms by agreement: proposed, answered, or taken back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions, changes, queries
from nakadachi.market.contracts.models import TermsChange
from nakadachi.web.pages.contracts.changes import changed_by
from nakadachi.web.pages.contracts.forms_change import ChangeForm
from nakadachi.web.pages.contracts.views.common import (
    back,
    button_page,
    contract_context,
    contract_of,
    has_become,
    refused_page,
)
from nakadachi.web.ui.answers import actor_of, keep_form

PROPOSE = "contracts/change_new.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Dates, prices, a further milestone, scope, rate, and why. `?milestone=` opens the one it is about."""
    contract = contract_of(request, contract_id)
    actor = actor_of(request)
    pending = [milestone for milestone in queries.milestones_of(contract) if milestone.is_pending]
    asked = request.GET.get("milestone", "")
    context = contract_context(request, contract, may_add=changes.can_add_milestones(actor, contract) is None)
    if request.method != "POST":
        refusal = changes.can_propose(actor, contract, queries.waiting_change(contract))
        if refusal:
            return refused_page(request, PROPOSE, context, refusal)
        return render(
            request, PROPOSE, {**context, "form": ChangeForm(contract=contract, milestones=pending, asked=asked)}
        )
    form = ChangeForm(request.POST, contract=contract, milestones=pending, asked=asked)
    if not form.is_valid():
        return keep_form(request, PROPOSE, form, context)
    try:
        actions.propose_change(
            contract=contract,
            dates=form.dates(),
            prices=form.prices(),
            added=form.added(),
            scope=form.new_scope(),
            rate=form.rate(),
            deal_ends_on=form.cleaned_data.get("deal_ends_on"),
            reason=form.cleaned_data["reason"],
            request_key=form.cleaned_data["request_key"],
            by=actor,
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, PROPOSE, form, context, refused.refusal)
    return back(
        contract, request, _("Your proposal has been sent. The present terms hold until the other side agrees.")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest, contract_id: int, change_id: int) -> HttpResponse:
    """What would change, from when to when and for how much; then agree or not."""
    change = _change_of(request, contract_id, change_id)
    context = _shown(request, change)
    template = "contracts/change_acceptance.html"
    if request.method == "POST":
        try:
            actions.accept_change(change=change, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(change, TermsChange.Status.ACCEPTED)
            return refused_page(request, template, context, refused.refusal, already=already)
        change.refresh_from_db(fields=["status"])
        if change.status == TermsChange.Status.AGREED:
            said = _("Agreed. The higher price holds as soon as the client has set the difference aside.")
            return back(change.contract, request, said)
        return back(change.contract, request, _("Agreed. The new version of the terms is kept for both sides."))
    return button_page(request, template, context, changes.can_answer(actor_of(request), change, request.now))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: HttpRequest, contract_id: int, change_id: int) -> HttpResponse:
    """Do not agree: the present terms go on."""
    change = _change_of(request, contract_id, change_id)
    context = _shown(request, change)
    template = "contracts/change_refusal.html"
    if request.method == "POST":
        try:
            actions.decline_change(change=change, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(change, TermsChange.Status.DECLINED)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(change.contract, request, _("You did not agree to the change. The present terms go on."))
    return button_page(request, template, context, changes.can_answer(actor_of(request), change, request.now))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, contract_id: int, change_id: int) -> HttpResponse:
    """See one's own proposal once more, and take it back."""
    change = _change_of(request, contract_id, change_id)
    context = _shown(request, change)
    template = "contracts/change_withdrawal.html"
    if request.method == "POST":
        try:
            act = actions.drop_change if change.status == TermsChange.Status.AGREED else actions.withdraw_change
            act(change=change, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(change, TermsChange.Status.WITHDRAWN)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(change.contract, request, _("The proposed change is withdrawn. The present terms go on."))
    may = changes.can_drop if change.status == TermsChange.Status.AGREED else changes.can_withdraw
    return button_page(request, template, context, may(actor_of(request), change))


def _change_of(request: HttpRequest, contract_id: int, change_id: int) -> TermsChange:
    return queries.change_for(actor_of(request), contract_id, change_id)


def _shown(request: HttpRequest, change: TermsChange) -> dict[str, Any]:
    changed = changed_by(change, queries.milestones_of(change.contract), now=request.now)
    return contract_context(request, change.contract, change=change, changed=changed)
