"""Choosing a proposal: what is to be done, in one or several milestones, becomes the offer of a contract."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused
from nakadachi.market.contracts import policy
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.actions import offer
from nakadachi.market.jobs import places
from nakadachi.market.sourcing import queries
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from nakadachi.web.pages.proposals.forms import MilestoneRows, OfferForm
from nakadachi.web.pages.proposals.revising import changes_of_job
from nakadachi.web.ui.answers import actor_of, keep_form

FORM = "proposals/offer.html"
OFFER_PAGES = {"hourly": "hourly:offer", "monthly": "monthly:offer"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Rows are added and taken away by sending the form; only the offering button offers.

    Work that is not paid by milestones is offered on the page of its format.
    """
    proposal = _of_own_job(request, proposal_id)
    if proposal.job.format in OFFER_PAGES:
        return redirect(OFFER_PAGES[proposal.job.format], proposal.pk)
    known = contracts.standing_for(actor_of(request), proposal)
    if request.method != "POST":
        if known is not None:
            return redirect("contracts:detail", known.pk)
        rows = MilestoneRows.starting_with(
            title=proposal.job.title, amount_yen=proposal.amount_yen, due_on=proposal.deliver_on
        )
        form = OfferForm(initial={"scope": proposal.job.description, "revisions_max": rulebook.current().revisions_max})
        return render(request, FORM, _context(request, proposal, rows, form))
    if "offer" not in request.POST:
        return _change_rows(request, proposal)
    form, rows = OfferForm(request.POST), MilestoneRows(request.POST)
    readable = form.is_valid()
    if not (rows.is_valid() and readable):
        return keep_form(request, FORM, form, _context(request, proposal, rows, form))
    try:
        contract = offer(
            proposal=proposal,
            scope=form.cleaned_data["scope"],
            milestones=rows.drafts(),
            revisions_max=form.cleaned_data["revisions_max"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, FORM, form, _context(request, proposal, rows, form), refused.refusal)
    messages.success(request, _("You offered a contract. It begins once the worker confirms it."))
    return redirect("contracts:detail", contract.pk)


@login_required
@require_safe
def total(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The fragment under the rows: what they add up to, against what was agreed."""
    proposal = _of_own_job(request, proposal_id)
    return render(request, "proposals/offer_sum.html", _sums(proposal, MilestoneRows(request.GET)))


def _change_rows(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """One row more, one less, or the sum anew; nothing typed is lost."""
    taken = request.POST.get("without", "")
    without = int(taken) if taken.isascii() and taken.isdigit() and len(taken) < 4 else None
    rows = MilestoneRows.typed(request.POST, add="add" in request.POST, without=without)
    sent = OfferForm(request.POST)
    form = OfferForm(initial={name: sent[name].data for name in sent.fields})
    return render(request, FORM, _context(request, proposal, rows, form))


def _of_own_job(request: HttpRequest, proposal_id: int) -> Proposal:
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    if not actor_of(request).is_member(proposal.job.client_id):
        raise NotVisible
    return proposal


def _context(request: HttpRequest, proposal: Proposal, rows: MilestoneRows, form: OfferForm) -> dict[str, Any]:
    book = rulebook.current()
    return {
        "proposal": proposal,
        "job": proposal.job,
        "form": form,
        "rows": rows,
        "refusal": _refusal(request, proposal) if request.method != "POST" else None,
        **changes_of_job(proposal),
        "quote": rulebook.quote(format=proposal.job.format, amount_yen=proposal.amount_yen, on=jst_date(request.now)),
        "auto_accept_days": book.timers.auto_accept_days,
        "answer_days": book.timers.offer_answer_days,
        **_sums(proposal, rows),
    }


def _refusal(request: HttpRequest, proposal: Proposal) -> Refusal | None:
    return policy.can_offer(actor_of(request), proposal, places.taken(proposal.job_id))


def _sums(proposal: Proposal, rows: MilestoneRows) -> dict[str, Any]:
    sum_yen = rows.sum_yen()
    short_yen = proposal.amount_yen - sum_yen
    return {"sum_yen": sum_yen, "agreed_yen": proposal.amount_yen, "short_yen": short_yen, "over_yen": -short_yen}
