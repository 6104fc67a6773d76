"""Choosing a proposal for work by the month: the plan of the months becomes the offer of a contract."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused
from nakadachi.market.contracts import policy as contracting
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import places
from nakadachi.market.jobs.models import Job
from nakadachi.market.monthly import actions
from nakadachi.market.sourcing import queries
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from nakadachi.web.pages.monthly.forms import OfferForm
from nakadachi.web.pages.proposals.revising import changes_of_job
from nakadachi.web.ui.answers import actor_of, keep_form

FORM = "monthly/offer.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """One form; what is offered already is shown instead of it."""
    proposal = _of_own_job(request, proposal_id)
    if request.method != "POST":
        known = contracts.standing_for(actor_of(request), proposal)
        if known is not None:
            return redirect("contracts:detail", known.pk)
        context = {**_context(request, proposal), "refusal": _refusal(request, proposal)}
        return render(request, FORM, {**context, "form": OfferForm(initial=_initial(proposal))})
    form = OfferForm(request.POST)
    if not form.is_valid():
        return keep_form(request, FORM, form, _context(request, proposal))
    try:
        contract = actions.offer(
            proposal=proposal,
            scope=form.cleaned_data["scope"],
            plan=form.plan(),
            revisions_max=form.cleaned_data["revisions_max"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, FORM, form, _context(request, proposal), refused.refusal)
    messages.success(request, _("You offered a contract. It begins once the worker confirms it."))
    return redirect("contracts:detail", contract.pk)


def _of_own_job(request: HttpRequest, proposal_id: int) -> Proposal:
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    if not actor_of(request).is_member(proposal.job.client_id) or proposal.job.format != Job.Format.MONTHLY:
        raise NotVisible
    return proposal


def _refusal(request: HttpRequest, proposal: Proposal) -> Refusal | None:
    return contracting.can_offer(actor_of(request), proposal, places.taken(proposal.job_id))


def _initial(proposal: Proposal) -> dict[str, Any]:
    book = rulebook.current()
    return {
        "scope": proposal.job.description,
        "month_scope": proposal.job.month_scope,
        "starts_on": proposal.deliver_on,
        "months_begin": "start",
        "notice_days": book.monthly.notice_days,
        "revisions_max": book.revisions_max,
    }


def _context(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    book = rulebook.current()
    return {
        "proposal": proposal,
        "job": proposal.job,
        **changes_of_job(proposal),
        "quote": rulebook.quote(format=proposal.job.format, amount_yen=proposal.amount_yen, on=jst_date(request.now)),
        "auto_accept_days": book.timers.auto_accept_days,
        "answer_days": book.timers.offer_answer_days,
        "start_days": book.monthly.start_days,
    }
