"""The client sets the money aside: intent, charge outside any transaction, and the page that says what came of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions, policy
from nakadachi.market.contracts.models import Milestone
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments import policy as payment_policy
from nakadachi.money.payments import queries as payment_queries
from nakadachi.money.payments.models import Payment
from nakadachi.money.payments.port import GatewayUnavailable
from nakadachi.web.pages.contracts.forms import FundingForm
from nakadachi.web.pages.contracts.views.common import back, milestone_context, milestone_of, refused_page
from nakadachi.web.ui.answers import actor_of, keep_form, sentence

TEMPLATE = "contracts/funding.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """What it costs, which card, one button. The same form twice pays once; while a payment is on, its own page."""
    milestone = milestone_of(request, contract_id, milestone_id)
    is_day_over = milestone.due_on < jst_date(request.now)
    context = milestone_context(request, milestone, is_day_over=is_day_over)
    actor = actor_of(request)
    if request.method != "POST":
        refusal = policy.can_fund(actor, milestone)
        if refusal:
            already = refusal.status != 403 and milestone.is_funded
            return refused_page(request, TEMPLATE, context, refusal, already=already)
        pending = payment_queries.pending_for("hold", milestone.hold_id)
        if pending is not None:
            return _to_result(milestone, pending)
        return render(request, TEMPLATE, {**context, "form": FundingForm()})
    form = FundingForm(request.POST)
    if not form.is_valid():
        return keep_form(request, TEMPLATE, form, context)
    try:
        payment = actions.start_funding(
            milestone=milestone, request_key=form.cleaned_data["request_key"], by=actor, at=request.now
        )
        payment = payments.charge(
            payment_id=payment.pk,
            card_token=form.cleaned_data["card_number"],
            by=actor,
            at=request.now,
            return_url=request.build_absolute_uri(_result_url(milestone, payment)),
        )
    except Refused as refused:
        now = milestone_of(request, contract_id, milestone_id)
        if now.is_funded and now.contract.client_id == request.user.pk:
            return refused_page(request, TEMPLATE, context, refused.refusal, already=True)
        return keep_form(request, TEMPLATE, form, context, refused.refusal)
    return _to_result(milestone, payment)


@login_required
@require_safe
def result(request: HttpRequest, contract_id: int, milestone_id: int, payment_id: int) -> HttpResponse:
    """Captured: back to the contract. Declined: what to do. Not known yet: asked for now, and looks again by itself."""
    milestone, payment = _of(request, contract_id, milestone_id, payment_id)
    was = payment.status
    if payment.is_pending:
        payment = _asked(payment, request)
    if "HX-Request" in request.headers and payment.status != was:
        return HttpResponse(headers={"HX-Redirect": _result_url(milestone, payment)})
    if payment.status == "captured":
        return back(milestone.contract, request, _("The money is set aside. The worker can start now."))
    refusal = payment_policy.decline_of(payment)
    reason = sentence(refusal) if refusal else ""
    context = milestone_context(request, milestone, payment=payment, reason=reason)
    return render(request, "contracts/funding_result.html", context)


@login_required
@require_POST
def cancellation(request: HttpRequest, contract_id: int, milestone_id: int, payment_id: int) -> HttpResponse:
    """The client does not confirm with the card company and wants to pay in another way."""
    milestone, payment = _of(request, contract_id, milestone_id, payment_id)
    try:
        payment = payments.give_up(payment_id=payment.pk, by=actor_of(request), at=request.now)
    except GatewayUnavailable:
        return _to_result(milestone, payment)
    if payment.status == "expired":
        return redirect("contracts:funding", contract_id, milestone_id)
    return _to_result(milestone, payment)


def _of(request: HttpRequest, contract_id: int, milestone_id: int, payment_id: int) -> tuple[Milestone, Payment]:
    milestone = milestone_of(request, contract_id, milestone_id)
    payment = payment_queries.payment_for(actor_of(request), payment_id)
    if milestone.hold_id is None or (payment.purpose, payment.purpose_id) != ("hold", milestone.hold_id):
        raise NotVisible
    return milestone, payment


def _asked(payment: Payment, request: HttpRequest) -> Payment:
    try:
        return payments.ask(payment_id=payment.pk, at=request.now)
    except GatewayUnavailable:
        return payment


def _result_url(milestone: Milestone, payment: Payment) -> str:
    return reverse("contracts:funding_result", args=[milestone.contract_id, milestone.pk, payment.pk])


def _to_result(milestone: Milestone, payment: Payment) -> HttpResponse:
    return redirect(_result_url(milestone, payment))
