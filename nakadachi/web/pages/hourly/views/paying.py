"""Money for a week: set aside before it, or paid after it, through the paying steps of all kinds of work."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import Refusal
from nakadachi.market.hourly import actions, policy, queries
from nakadachi.market.hourly.actions.funding import quote_of
from nakadachi.market.hourly.minutes import HOUR
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.money.payments.models import Payment
from nakadachi.web.pages.hourly.forms import HoursForm
from nakadachi.web.pages.hourly.sight import sum_to_fund
from nakadachi.web.pages.hourly.views.common import back, context_of, refused, week_of
from nakadachi.web.pages.paying import steps
from nakadachi.web.pages.paying.forms import CardForm
from nakadachi.web.pages.paying.steps import Purchase
from nakadachi.web.ui.answers import actor_of

TEMPLATE = "hourly/funding.html"


class PaidByRests(Exception):
    """Nothing had to be paid: what was left of earlier weeks was enough."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding(request: HttpRequest, contract_id: int, week_id: int) -> HttpResponse:
    """What the week costs, what rolls on, what is left to pay, which card."""
    week = week_of(request, contract_id, week_id)
    purchase = _purchase(request, week)
    refusal = _refusal(request, week)
    if request.method != "POST":
        if refusal:
            return refused(request, TEMPLATE, purchase.page(), refusal)
        return steps.show(request, purchase)
    hours = HoursForm(request.POST)
    if purchase.context["hours_form"] is not None:
        purchase.context["hours_form"] = hours
        if not hours.is_valid():
            return render(request, TEMPLATE, purchase.page(form=CardForm(request.POST)), status=422)
    start = partial(_start, request, week, hours.cleaned_data["hours"] if hours.is_valid() else None)
    try:
        return steps.pay(request, purchase, start, partial(_paid_meanwhile, request, week))
    except PaidByRests:
        return back(request, week, _("The money for the week is set aside. Nothing had to be paid."))


def _start(request: HttpRequest, week: WorkWeek, hours: int | None, key: UUID) -> Payment:
    actor, at = actor_of(request), request.now
    if not week.engagement.holds_money:
        return actions.start_paying(week=week, request_key=key, by=actor, at=at)
    payment = actions.start_funding(week=week, hours=hours, request_key=key, by=actor, at=at)
    if payment is None:
        raise PaidByRests
    return payment


def _refusal(request: HttpRequest, week: WorkWeek) -> Refusal | None:
    actor = actor_of(request)
    if week.engagement.holds_money:
        return policy.can_fund(actor, week, request.now)
    return policy.can_pay(actor, week)


def _paid_meanwhile(request: HttpRequest, week: WorkWeek, refusal: Refusal) -> HttpResponse | None:
    now = week_of(request, week.engagement.contract_id, week.pk)
    is_paid = now.hold is not None and now.hold.status != "unfunded"
    if is_paid and now.engagement.contract.client_id == request.user.pk:
        return back(request, now, _("The money for the week is there already. You are not charged twice."))
    return None


@login_required
@require_safe
def result(request: HttpRequest, contract_id: int, week_id: int, payment_id: int) -> HttpResponse:
    """What came of one attempt."""
    return steps.result(request, _purchase(request, week_of(request, contract_id, week_id)), payment_id)


@login_required
@require_POST
def cancellation(request: HttpRequest, contract_id: int, week_id: int, payment_id: int) -> HttpResponse:
    """The client wants to pay in another way."""
    return steps.give_up(request, _purchase(request, week_of(request, contract_id, week_id)), payment_id)


def _purchase(request: HttpRequest, week: WorkWeek) -> Purchase:
    ids = [week.engagement.contract_id, week.pk]
    holds = week.engagement.holds_money
    quote = sum_to_fund(week) if holds else quote_of(week, max(week.approved_yen, 1))
    rests_yen = queries.rests_yen(week.engagement) if holds else 0
    due_yen = max(0, quote.client_pays_yen - rests_yen)
    context = context_of(request, week, quote=quote, rests_yen=rests_yen, due_yen=due_yen, pays_yen=due_yen)
    context["hours_form"] = (
        HoursForm(initial={"hours": week.minutes_max // HOUR}) if holds and week.hold is None else None
    )
    return Purchase(
        pay_url=reverse("hourly:funding", args=ids),
        back_url=reverse("hourly:week", args=ids),
        back_label=_("Back to the week"),
        result_url=lambda payment_id: reverse("hourly:funding_result", args=[*ids, payment_id]),
        give_up_url=lambda payment_id: reverse("hourly:funding_cancellation", args=[*ids, payment_id]),
        pay_template=TEMPLATE,
        result_template="hourly/funding_result.html",
        context=context,
        done=_("The money for the week is set aside.") if holds else _("The week is paid. The reward is confirmed."),
        hold_id=week.hold_id,
    )
