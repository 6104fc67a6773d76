"""Proposals as both sides read them, and what ends one: withdrawal, decline."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import policy as contracting
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.sourcing import actions, policy, queries
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from nakadachi.web.pages.jobs.cards import span
from nakadachi.web.ui.answers import actor_of

TONES = {"sent": "accent", "chosen": "warn", "accepted": "good"}


@login_required
@require_safe
def of_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """What came in for one's own job."""
    job = jobs.own_job_for(actor_of(request), job_id)
    page = queries.of_job_page(actor_of(request), job, after=request.GET.get("after", ""))
    context = {
        "job": job,
        "budget": span(job.budget_min_yen, job.budget_max_yen),
        "page": page,
        "rows": [_row(proposal, job.format, request, for_client=True) for proposal in page.rows],
    }
    return render(request, "proposals/of_job.html", context)


def _row(proposal: Proposal, format: str, request: HttpRequest, *, for_client: bool = False) -> dict[str, Any]:
    quote = rulebook.quote(format=format, amount_yen=proposal.amount_yen, on=jst_date(request.now))
    waits_for_reader = for_client and proposal.status == Proposal.Status.SENT
    label = _("Waiting for your answer") if waits_for_reader else proposal.get_status_display()
    return {"proposal": proposal, "label": label, "tone": TONES.get(proposal.status, "plain"), "quote": quote}


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one sent."""
    status = request.GET.get("status", "")
    status = status if status in Proposal.Status.values else ""
    page = queries.mine_page(actor_of(request), status=status, after=request.GET.get("after", ""))
    tabs = [("", pgettext("work", "All")), *Proposal.Status.choices]
    context = {
        "page": page,
        "rows": [_row(proposal, proposal.job.format, request) for proposal in page.rows],
        "tabs": [(label, f"?status={value}" if value else "?", value == status) for value, label in tabs],
    }
    return render(request, "proposals/mine.html", context)


@login_required
@require_safe
def detail(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """One proposal, with the money as the reader's side sees it, and what the reader can do."""
    actor = actor_of(request)
    proposal = queries.proposal_for(actor, proposal_id)
    is_client = actor.is_member(proposal.job.client_id)
    on = jst_date(request.now)
    contract = contracts.standing_for(actor, proposal)
    context = {
        **_row(proposal, proposal.job.format, request, for_client=is_client),
        "job": proposal.job,
        "is_client": is_client,
        "is_worker": actor.is_member(proposal.worker_id),
        "contract_href": reverse("contracts:detail", args=[contract.pk]) if contract else "",
        "can_withdraw": policy.can_withdraw(actor, proposal) is None,
        "can_decline": policy.can_decline(actor, proposal) is None,
        "can_offer": contracting.can_offer(actor, proposal) is None,
        "pays_on": rulebook.payout_dates(max(proposal.deliver_on, on))[1],
        "accepted_on": max(proposal.deliver_on, on),
    }
    return render(request, "proposals/detail.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Take one's proposal back."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    actions.withdraw(proposal=proposal, by=actor_of(request), at=request.now)
    messages.success(request, _("Your proposal was withdrawn. You may propose again while the job is open."))
    return redirect("proposals:detail", proposal.pk)


@login_required
@require_POST
def decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Let the worker know that one chose otherwise."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    actions.decline(proposal=proposal, by=actor_of(request), at=request.now)
    messages.success(request, _("The proposal was declined. The worker can see it."))
    return redirect("proposals:of_job", proposal.job_id)
