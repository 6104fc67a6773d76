"""The three steps of paying for a hold, for the views of the work it is for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nakadachi.kernel.refusal import NotVisible, Refusal, Refused
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments import policy as payment_policy
from nakadachi.money.payments import queries
from nakadachi.money.payments.models import Payment
from nakadachi.money.payments.port import GatewayUnavailable
from nakadachi.web.pages.paying.forms import CardForm
from nakadachi.web.ui.answers import actor_of, keep_form, sentence


@dataclass(frozen=True)
class Purchase:
    """What is paid for, and its pages.

    `pay_url` is the page with the form, `back_url` that of the work; `result_url` and `give_up_url` make the address
    for a payment id. `pay_template` includes `paying/form.html`, `result_template` includes `paying/result.html`;
    both get `context`, with the purchase itself under its name. `done` is said when the money is there.
    """

    pay_url: str
    back_url: str
    back_label: str
    result_url: Callable[[int], str]
    give_up_url: Callable[[int], str]
    pay_template: str
    result_template: str
    context: dict[str, Any]
    done: str
    hold_id: int | None = None

    def page(self, **more: Any) -> dict[str, Any]:
        """What a template of it sees."""
        return {**self.context, "purchase": self, **more}


def show(request: HttpRequest, purchase: Purchase) -> HttpResponse:
    """The form; while a payment is on, what is known of it."""
    pending = queries.pending_for(PURPOSE, purchase.hold_id)
    if pending is not None:
        return redirect(purchase.result_url(pending.pk))
    return render(request, purchase.pay_template, purchase.page(form=CardForm()))


def pay(
    request: HttpRequest,
    purchase: Purchase,
    start: Callable[[UUID], Payment],
    refused: Callable[[Refusal], HttpResponse | None],
) -> HttpResponse:
    """Take the form, start (the intent, committed), charge, show what came of it. The same form twice pays once.

    `refused` may answer a refusal in its own way, e.g. when it is paid already; else the form is shown again beside it.
    """
    form = CardForm(request.POST)
    if not form.is_valid():
        return keep_form(request, purchase.pay_template, form, purchase.page())
    try:
        payment = start(form.cleaned_data["request_key"])
        payment = payments.charge(
            payment_id=payment.pk,
            card_token=form.cleaned_data["card_number"],
            by=actor_of(request),
            at=request.now,
            return_url=request.build_absolute_uri(purchase.result_url(payment.pk)),
        )
    except Refused as refusal:
        own = refused(refusal.refusal)
        return own or keep_form(request, purchase.pay_template, form, purchase.page(), refusal.refusal)
    return redirect(purchase.result_url(payment.pk))


def result(request: HttpRequest, purchase: Purchase, payment_id: int) -> HttpResponse:
    """Captured: back to the work. Declined: what to do. Not known yet: asked for now, and looks again by itself."""
    payment = _payment(request, purchase, payment_id)
    was = payment.status
    if payment.is_pending:
        payment = _asked(payment, request)
    if "HX-Request" in request.headers and payment.status != was:
        return HttpResponse(headers={"HX-Redirect": purchase.result_url(payment.pk)})
    if payment.status == "captured":
        messages.success(request, purchase.done)
        return redirect(purchase.back_url)
    refusal = payment_policy.decline_of(payment)
    page = purchase.page(
        payment=payment,
        reason=sentence(refusal) if refusal else "",
        here=purchase.result_url(payment.pk),
        give_up=purchase.give_up_url(payment.pk),
    )
    return render(request, purchase.result_template, page)


def give_up(request: HttpRequest, purchase: Purchase, payment_id: int) -> HttpResponse:
    """The client does not confirm with the card company and wants to pay in another way."""
    payment = _payment(request, purchase, payment_id)
    try:
        payment = payments.give_up(payment_id=payment.pk, by=actor_of(request), at=request.now)
    except GatewayUnavailable:
        return redirect(purchase.result_url(payment.pk))
    return redirect(purchase.pay_url if payment.status == "expired" else purchase.result_url(payment.pk))


def _payment(request: HttpRequest, purchase: Purchase, payment_id: int) -> Payment:
    payment = queries.payment_for(actor_of(request), payment_id)
    if purchase.hold_id is None or (payment.purpose, payment.purpose_id) != (PURPOSE, purchase.hold_id):
        raise NotVisible
    return payment


def _asked(payment: Payment, request: HttpRequest) -> Payment:
    try:
        return payments.ask(payment_id=payment.pk, at=request.now)
    except GatewayUnavailable:
        return payment
