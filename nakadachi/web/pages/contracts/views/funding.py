"""The client sets the money of a milestone aside: intent, charge outside any transaction, and what came of it."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts import actions, policy
from nakadachi.market.contracts.models import Milestone
from nakadachi.web.pages.contracts.views.common import milestone_context, milestone_of, refused_page
from nakadachi.web.pages.paying import steps
from nakadachi.web.pages.paying.steps import Purchase
from nakadachi.web.ui.answers import actor_of

TEMPLATE = "contracts/funding.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """What it costs, which card, one button. The same form twice pays once; while a payment is on, its own page."""
    milestone = milestone_of(request, contract_id, milestone_id)
    purchase = _purchase(request, milestone)
    actor = actor_of(request)
    if request.method == "POST":
        start = partial(actions.start_funding, milestone=milestone, by=actor, at=request.now)
        return steps.pay(request, purchase, lambda key: start(request_key=key), partial(_refused, request, purchase))
    if refusal := policy.can_fund(actor, milestone):
        already = refusal.status != 403 and milestone.is_funded
        return refused_page(request, TEMPLATE, purchase.page(), refusal, already=already)
    return steps.show(request, purchase)


@login_required
@require_safe
def result(request: HttpRequest, contract_id: int, milestone_id: int, payment_id: int) -> HttpResponse:
    """What came of one attempt."""
    return steps.result(request, _purchase(request, milestone_of(request, contract_id, milestone_id)), payment_id)


@login_required
@require_POST
def cancellation(request: HttpRequest, contract_id: int, milestone_id: int, payment_id: int) -> HttpResponse:
    """The client wants to pay in another way."""
    return steps.give_up(request, _purchase(request, milestone_of(request, contract_id, milestone_id)), payment_id)


def _purchase(request: HttpRequest, milestone: Milestone) -> Purchase:
    ids = [milestone.contract_id, milestone.pk]
    return Purchase(
        pay_url=reverse("contracts:funding", args=ids),
        back_url=reverse("contracts:detail", args=ids[:1]),
        back_label=_("Back to the contract"),
        result_url=lambda payment_id: reverse("contracts:funding_result", args=[*ids, payment_id]),
        give_up_url=lambda payment_id: reverse("contracts:funding_cancellation", args=[*ids, payment_id]),
        pay_template=TEMPLATE,
        result_template="contracts/funding_result.html",
        context=milestone_context(request, milestone, is_day_over=milestone.due_on < jst_date(request.now)),
        done=_("The money is set aside. The worker can start now."),
        hold_id=milestone.hold_id,
    )


def _refused(request: HttpRequest, purchase: Purchase, refusal: Refusal) -> HttpResponse | None:
    """Paid in the meantime, by this client: the contract's page says so."""
    seen = purchase.context["milestone"]
    now = milestone_of(request, seen.contract_id, seen.pk)
    if now.is_funded and now.contract.client_id == request.user.pk:
        return refused_page(request, TEMPLATE, purchase.page(), refusal, already=True)
    return None
