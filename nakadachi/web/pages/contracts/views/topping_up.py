"""The client sets the difference to a higher price aside, in the same steps as a milestone's own money."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import NotVisible, Refusal
from nakadachi.market.contracts import actions, changes, queries
from nakadachi.market.contracts.models import TermsChange
from nakadachi.money.escrow.adjusting import missing_yen
from nakadachi.web.pages.contracts.changes import changed_by
from nakadachi.web.pages.contracts.views.common import refused_page
from nakadachi.web.pages.paying import steps
from nakadachi.web.pages.paying.steps import Purchase
from nakadachi.web.ui.answers import actor_of

TEMPLATE = "contracts/change_funding.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding(request: HttpRequest, contract_id: int, change_id: int) -> HttpResponse:
    """What is missing, which card, one button. The same form twice pays once."""
    change = _change_of(request, contract_id, change_id)
    purchase = _purchase(request, change)
    if refusal := changes.can_top_up(actor_of(request), change, request.now) or _refusal(change):
        return refused_page(request, TEMPLATE, purchase.page(), refusal)
    if request.method == "POST":
        start = partial(actions.start_top_up, change=change, by=actor_of(request), at=request.now)
        return steps.pay(request, purchase, lambda key: start(request_key=key), lambda refusal: None)
    return steps.show(request, purchase)


@login_required
@require_safe
def result(request: HttpRequest, contract_id: int, change_id: int, payment_id: int) -> HttpResponse:
    """What came of one attempt."""
    return steps.result(request, _purchase(request, _change_of(request, contract_id, change_id)), payment_id)


@login_required
@require_POST
def cancellation(request: HttpRequest, contract_id: int, change_id: int, payment_id: int) -> HttpResponse:
    """The client wants to pay in another way."""
    return steps.give_up(request, _purchase(request, _change_of(request, contract_id, change_id)), payment_id)


def _change_of(request: HttpRequest, contract_id: int, change_id: int) -> TermsChange:
    change = queries.change_for(actor_of(request), contract_id, change_id)
    if not change.prices:
        raise NotVisible
    return change


def _refusal(change: TermsChange) -> Refusal | None:
    prices = {line["milestone_id"]: line["amount_yen"] for line in change.prices}
    return changes.top_up_refusal(queries.milestones_of(change.contract), prices)


def _purchase(request: HttpRequest, change: TermsChange) -> Purchase:
    ids, contract = [change.contract_id, change.pk], change.contract
    milestones = queries.milestones_of(contract)
    priced = {line["milestone_id"]: line["amount_yen"] for line in change.prices}
    about = next((one for one in milestones if one.is_funded and priced.get(one.pk, 0) >= one.amount_yen), None)
    hold = about.hold if about else None
    is_client = contract.client_id == request.user.pk
    changed = changed_by(change, milestones, now=request.now)
    return Purchase(
        pay_url=reverse("contracts:change_funding", args=ids),
        back_url=reverse("contracts:detail", args=ids[:1]),
        back_label=_("Back to the contract"),
        result_url=lambda payment_id: reverse("contracts:change_funding_result", args=[*ids, payment_id]),
        give_up_url=lambda payment_id: reverse("contracts:change_funding_cancellation", args=[*ids, payment_id]),
        pay_template=TEMPLATE,
        result_template="contracts/change_funding_result.html",
        context={
            "contract": contract,
            "change": change,
            "changed": changed,
            "quote": changed.priced[0].quote,
            "pays_yen": missing_yen(hold, priced[about.pk]) if about and hold else 0,
            "side": "client" if is_client else "worker",
            "other": contract.other_side(request.user.pk),
        },
        done=_("The difference is set aside. The higher price holds now."),
        hold_id=hold.pk if hold else None,
    )
