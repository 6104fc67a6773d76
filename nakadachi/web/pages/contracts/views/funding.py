"""The client sets the money aside: intent, charge outside any transaction, and the page that says what came of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions, policy
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments import queries as payment_queries
from nakadachi.money.payments.models import Payment
from nakadachi.web.pages.contracts.forms import FundingForm
from nakadachi.web.pages.contracts.views.common import back, milestone_context, milestone_of, refused_page
from nakadachi.web.ui.answers import actor_of, keep_form

TEMPLATE = "contracts/funding.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """What it costs, which card, one button. The same form twice pays once."""
    milestone = milestone_of(request, contract_id, milestone_id)
    context = milestone_context(request, milestone)
    if request.method != "POST":
        refusal = policy.can_fund(actor_of(request), milestone)
        if refusal:
            already = refusal.status != 403 and milestone.is_funded
            return refused_page(request, TEMPLATE, context, refusal, already=already)
        return render(request, TEMPLATE, {**context, "form": FundingForm()})
    form = FundingForm(request.POST)
    if not form.is_valid():
        return keep_form(request, TEMPLATE, form, context)
    actor = actor_of(request)
    try:
        payment = actions.start_funding(
            milestone=milestone, request_key=form.cleaned_data["request_key"], by=actor, at=request.now
        )
        payment = payments.charge(
            payment_id=payment.pk, card_token=form.cleaned_data["card_number"], by=actor, at=request.now
        )
    except Refused as refused:
        now = milestone_of(request, contract_id, milestone_id)
        if now.is_funded and now.contract.client_id == request.user.pk:
            return refused_page(request, TEMPLATE, context, refused.refusal, already=True)
        return keep_form(request, TEMPLATE, form, context, refused.refusal)
    return redirect("contracts:funding_result", contract_id, milestone_id, payment.pk)


@login_required
@require_safe
def result(request: HttpRequest, contract_id: int, milestone_id: int, payment_id: int) -> HttpResponse:
    """Captured: back to the contract. Declined: what to do. No answer yet: it will come by itself."""
    milestone = milestone_of(request, contract_id, milestone_id)
    payment = payment_queries.payment_for(actor_of(request), payment_id)
    if milestone.hold_id is None or (payment.purpose, payment.purpose_id) != ("hold", milestone.hold_id):
        raise NotVisible
    if payment.status == "captured":
        return back(milestone.contract, request, _("The money is set aside. The worker can start now."))
    context = milestone_context(request, milestone, payment=payment, reason=_why(payment))
    return render(request, "contracts/funding_result.html", context)


def _why(payment: Payment) -> str:
    """The decline in words, with what to do."""
    reasons = {
        "insufficient_funds": _("The limit of this card is used up. Please use another card."),
        "expired_card": _("This card has expired. Please use another card."),
        "invalid_number": _("This card number does not exist. Please check it."),
    }
    return reasons.get(payment.decline_code) or _(
        "The card company declined. Please use another card, or ask your card company."
    )
