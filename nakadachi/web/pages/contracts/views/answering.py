"""The worker answers an offer: reads the terms as they will be written, then agrees or declines."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions, policy, queries, terms
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import queries as hourly
from nakadachi.web.pages.contracts.money import totals_of
from nakadachi.web.pages.contracts.paper import paper_of
from nakadachi.web.pages.contracts.views.common import back, button_page, contract_of, has_become, refused_page
from nakadachi.web.ui.answers import actor_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, contract_id: int) -> HttpResponse:
    """取引条件を確認して契約する: the whole document first, one button under it."""
    contract = contract_of(request, contract_id)
    if request.method == "POST":
        try:
            actions.confirm(contract=contract, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(contract, Contract.Status.ACTIVE) and _is_worker(request, contract)
            return refused_page(
                request, "contracts/confirmation.html", _offer(request, contract), refused.refusal, already=already
            )
        return back(contract, request, _said(contract))
    context = _offer(request, contract)
    due = [row.due_on for row in context["milestones"]]
    refusal = policy.can_confirm(actor_of(request), contract, due, request.now)
    return button_page(request, "contracts/confirmation.html", context, refusal)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The worker declines, after a page that says what it means."""
    contract = contract_of(request, contract_id)
    context = {"contract": contract, "other": contract.client}
    if request.method == "POST":
        try:
            actions.decline(contract=contract, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(contract, Contract.Status.DECLINED) and _is_worker(request, contract)
            return refused_page(request, "contracts/refusal.html", context, refused.refusal, already=already)
        return back(contract, request, _("You declined the offer. The client has been told."))
    return button_page(request, "contracts/refusal.html", context, policy.can_decline(actor_of(request), contract))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The client takes the offer back, after a page that says what it means."""
    contract = contract_of(request, contract_id)
    context = {"contract": contract, "other": contract.worker}
    page = "contracts/offer_withdrawal.html"
    if request.method == "POST":
        try:
            actions.withdraw_offer(contract=contract, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = has_become(contract, Contract.Status.WITHDRAWN) and contract.client_id == request.user.pk
            return refused_page(request, page, context, refused.refusal, already=already)
        messages.success(request, _("The offer is taken back. The proposal waits as before."))
        if contract.proposal_id is None:
            return redirect("contracts:detail", contract.reorder_of_id)
        return redirect("proposals:detail", contract.proposal_id)
    return button_page(request, page, context, policy.can_withdraw_offer(actor_of(request), contract))


def _said(contract: Contract) -> str:
    if hourly.unheld([contract.pk]):
        return _("The contract is made. No money is set aside: you are paid after the client has approved a week.")
    return _("The contract is made. Please start once the client has set the money aside.")


def _offer(request: HttpRequest, contract: Contract) -> dict[str, object]:
    milestones = queries.milestones_of(contract)
    document = terms.document(contract, milestones, version=1, agreed_at=request.now)
    unit = terms.unit_quote_for(contract, jst_date(request.now))
    return {
        "contract": contract,
        "milestones": milestones,
        "other": contract.other_side(request.user.pk),
        "paper": paper_of(document),
        "totals": totals_of(contract, milestones, now=request.now) if milestones else unit,
        "side": "worker" if _is_worker(request, contract) else "client",
    }


def _is_worker(request: HttpRequest, contract: Contract) -> bool:
    return contract.worker_id == request.user.pk
