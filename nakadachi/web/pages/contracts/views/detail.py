"""The page of one contract, of one of its milestones, and its whole history."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import queries, silence
from nakadachi.market.contracts.models import Contract
from nakadachi.web.pages.contracts.history import history_page
from nakadachi.web.pages.contracts.money import quote_of
from nakadachi.web.pages.contracts.pieces import Eye, one_piece
from nakadachi.web.pages.contracts.sight import sight_for
from nakadachi.web.pages.contracts.views.common import contract_of
from nakadachi.web.pages.messages.lately import lately_of
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Whose turn it is, until when, how much; then milestones, money and history."""
    sight = sight_for(request.user, contract_id, now=request.now)
    if sight is None:
        return redirect("hourly:contract", contract_id)
    lately = lately_of(sight.contract, request.user, now=request.now)
    may_nudge = _may_nudge(request, sight.contract)
    context = {"sight": sight, "contract": sight.contract, "lately": lately, "may_nudge": may_nudge}
    return render(request, "contracts/detail.html", context)


def _may_nudge(request: HttpRequest, contract: Contract) -> bool:
    """The link stands there when it leads somewhere; most of the time the other side was heard lately."""
    if contract.status != Contract.Status.ACTIVE:
        return False
    if request.now < silence.may_nudge_from(contract, request.user.pk):
        return False
    milestones = queries.milestones_of(contract)
    return silence.can_nudge(actor_of(request), contract, milestones, request.now) is None


@login_required
@require_safe
def milestone(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """One milestone with everything that was delivered and everything that can be done with it."""
    actor = actor_of(request)
    view = queries.view_for(actor, contract_id, only=milestone_id)
    if not view.milestones:
        raise NotVisible
    shown = view.milestones[0]
    is_client = actor.is_member(view.contract.client_id)
    context = {
        "contract": view.contract,
        "milestone": shown,
        "item": one_piece(shown, view, Eye(actor, request.now)),
        "quote": quote_of(shown, now=request.now),
        "side": "client" if is_client else "worker",
        "other": view.contract.worker if is_client else view.contract.client,
    }
    return render(request, "contracts/milestone_page.html", context)


@login_required
@require_safe
def history(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Everything that happened, a page at a time."""
    found = contract_of(request, contract_id)
    page = history_page(
        found, queries.milestones_of(found), viewer_id=request.user.pk, after=request.GET.get("after", "")
    )
    return render(request, "contracts/history.html", {"contract": found, "page": page})
