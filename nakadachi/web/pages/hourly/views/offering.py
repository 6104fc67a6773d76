"""Offering hourly work to the worker of a proposal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import policy
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.hourly.actions import offer
from nakadachi.market.jobs import places
from nakadachi.market.sourcing import queries
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from nakadachi.web.pages.hourly.forms import OfferForm
from nakadachi.web.pages.proposals.revising import changes_of_job
from nakadachi.web.ui.answers import actor_of, keep_form

FORM = "hourly/offer.html"
HOURS_EXPECTED = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Hours a week, the first day, and whether each week is set aside."""
    proposal = _of_own_job(request, proposal_id)
    known = contracts.standing_for(actor_of(request), proposal)
    if request.method != "POST":
        if known is not None:
            return redirect("hourly:contract", known.pk)
        job = proposal.job
        form = OfferForm(
            initial={
                "scope": job.description,
                "hours": job.hours_per_week or HOURS_EXPECTED,
                "starts_on": max(proposal.deliver_on, jst_date(request.now)),
            }
        )
        return render(request, FORM, _context(request, proposal, form))
    form = OfferForm(request.POST)
    if not form.is_valid():
        return keep_form(request, FORM, form, _context(request, proposal, form))
    data = form.cleaned_data
    try:
        contract = offer(
            proposal=proposal,
            scope=data["scope"],
            hours=data["hours"],
            starts_on=data["starts_on"],
            holds_money=data["holds_money"] == "yes",
            request_key=data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as problem:
        return keep_form(request, FORM, form, _context(request, proposal, form), problem.refusal)
    messages.success(request, _("You offered a contract. It begins once the worker confirms it."))
    return redirect("hourly:contract", contract.pk)


def _of_own_job(request: HttpRequest, proposal_id: int) -> Proposal:
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    if not actor_of(request).is_member(proposal.job.client_id) or proposal.job.format != "hourly":
        raise NotVisible
    return proposal


def _context(request: HttpRequest, proposal: Proposal, form: OfferForm) -> dict[str, Any]:
    is_new = request.method != "POST"
    taken = places.taken(proposal.job_id)
    return {
        "proposal": proposal,
        "job": proposal.job,
        "form": form,
        "refusal": policy.can_offer(actor_of(request), proposal, taken) if is_new else None,
        **changes_of_job(proposal),
        "quote": rulebook.quote(format="hourly", amount_yen=proposal.amount_yen, on=jst_date(request.now)),
        "answer_days": rulebook.current().timers.offer_answer_days,
        "rules": rulebook.current().hourly,
    }
