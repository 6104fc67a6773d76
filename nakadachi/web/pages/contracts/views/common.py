"""What the pages of a contract share: finding things, and answering a button that was pressed twice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts import queries
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.web.pages.contracts.money import quote_of
from nakadachi.web.ui.answers import actor_of, sentence


def contract_of(request: HttpRequest, contract_id: int) -> Contract:
    """The contract, if this member may see it."""
    return queries.contract_for(actor_of(request), contract_id)


def milestone_of(request: HttpRequest, contract_id: int, milestone_id: int) -> Milestone:
    """The milestone, at its own address only."""
    return queries.milestone_for(actor_of(request), contract_id, milestone_id)


def contract_context(request: HttpRequest, contract: Contract, **more: Any) -> dict[str, Any]:
    """What every page about the whole contract shows beside its form."""
    side = "client" if contract.client_id == request.user.pk else "worker"
    return {"contract": contract, "side": side, "other": contract.other_side(request.user.pk), **more}


def milestone_context(request: HttpRequest, milestone: Milestone, **more: Any) -> dict[str, Any]:
    """What every page about one milestone shows beside its form."""
    contract = milestone.contract
    is_client = contract.client_id == request.user.pk
    return {
        "contract": contract,
        "milestone": milestone,
        "side": "client" if is_client else "worker",
        "other": contract.worker if is_client else contract.client,
        "quote": quote_of(milestone, now=request.now),
        **more,
    }


def back(contract: Contract, request: HttpRequest, text: str, *, level: int = messages.SUCCESS) -> HttpResponse:
    """To the contract's page, saying what was done."""
    messages.add_message(request, level, text)
    return redirect("contracts:detail", contract.pk)


def has_become(thing: Contract | TermsChange | EndProposal, status: str) -> bool:
    """As it stands now: somebody else, or an earlier press of the same button, may have moved it."""
    thing.refresh_from_db(fields=["status"])
    return thing.status == status


def button_page(request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal | None) -> HttpResponse:
    """A page that says what its one button means, or why it cannot be pressed."""
    return refused_page(request, template, context, refusal) if refusal else render(request, template, context)


def refused_page(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal, *, already: bool = False
) -> HttpResponse:
    """A button's refusal beside the button; pressed twice (`already` as wished), the contract's page with a word."""
    if already:
        return back(context["contract"], request, sentence(refusal), level=messages.INFO)
    return render(request, template, {**context, "refusal": refusal}, status=refusal.status)
