"""Proposals as both sides read them, and their withdrawal."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import policy as contracting
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import places
from nakadachi.market.jobs import policy as job_policy
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions, policy, queries, silence
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from nakadachi.people.standing.queries import confirmed
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.pages.jobs.cards import budget_of
from nakadachi.web.pages.proposals.answering import reason_of
from nakadachi.web.pages.proposals.countering import suggestions_of
from nakadachi.web.pages.proposals.revising import changes_of_job
from nakadachi.web.ui.answers import actor_of, sentence

TONES = {"sent": "accent", "chosen": "warn", "accepted": "good"}


@login_required
@require_safe
def of_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """What came in for one's own job: which of it, in which order, a page at a time."""
    job = jobs.own_job_for(actor_of(request), job_id)
    show, sort = request.GET.get("show", "all"), request.GET.get("sort", "newest")
    show = show if show in queries.SHOWN else "all"
    sort = sort if sort in queries.ORDERS else "newest"
    verified = request.GET.get("verified") == "1"
    page = queries.of_job_page(
        actor_of(request), job, show=show, sort=sort, verified=verified, after=request.GET.get("after", "")
    )
    taken, counted = places.taken(job.pk), queries.shown_counts(job)
    asked = {"show": show, "sort": sort, "verified": "1" if verified else ""}
    context = {
        "job": job,
        "budget": budget_of(job),
        "page": page,
        "rows": [_row(proposal, job.format, request, for_client=True) for proposal in page.rows],
        "tabs": [
            (label, counted[key], _address(asked, show=key), key == show)
            for key, label in _shows().items()
            if counted[key] or key in {"all", show}
        ],
        "sorts": [(label, _address(asked, sort=key), key == sort) for key, label in _sorts(job).items()],
        "verified": verified,
        "verified_href": _address(asked, verified="" if verified else "1"),
        "total": counted["all"],
        "waiting": counted["waiting"],
        "places_left": max(job.hires_max - taken, 0),
        "places_taken": taken,
        "takes_proposals": job_policy.takes_proposals(job, request.now),
    }
    return render(request, "proposals/of_job.html", context)


def _shows() -> dict[str, str]:
    return {
        "all": pgettext("work", "All"),
        "waiting": _("Waiting for your answer"),
        "kept": _("Short list"),
        "chosen": _("Chosen"),
        "declined": _("Declined"),
    }


def _sorts(job: Job) -> dict[str, str]:
    return {
        "newest": pgettext("work", "Newest"),
        "cheap": _("Lowest amount"),
        "dear": _("Highest amount"),
        "soon": _("Earliest start") if job.is_lasting else _("Earliest delivery"),
    }


def _address(asked: dict[str, str], **changes: str) -> str:
    """The list with something else asked for; what was asked for otherwise stays."""
    usual = {"show": "all", "sort": "newest", "verified": ""}
    kept = {name: value for name, value in {**asked, **changes}.items() if value != usual[name]}
    return f"?{urlencode(kept)}"


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
    waits = proposal.status == Proposal.Status.SENT
    contract = None if waits else contracts.standing_for(actor, proposal)
    taken = places.taken(proposal.job_id) if is_client else 0
    may_offer = contracting.can_offer(actor, proposal, taken) if is_client else None
    suggestions = suggestions_of(request, proposal)
    context = {
        **_row(proposal, proposal.job.format, request, for_client=is_client),
        "job": proposal.job,
        "is_client": is_client,
        "confirmed": confirmed(proposal.worker) if is_client else [],
        "is_worker": actor.is_member(proposal.worker_id),
        "contract_href": reverse("contracts:detail", args=[contract.pk]) if contract else "",
        "can_withdraw": policy.can_withdraw(actor, proposal) is None,
        "can_decline": policy.can_decline(actor, proposal) is None,
        "can_offer": is_client and may_offer is None,
        "cannot_offer": sentence(may_offer) if may_offer and waits else "",
        "can_revise": policy.can_revise(actor, proposal) is None,
        "can_reconsider": is_client and policy.can_reconsider(actor, proposal, taken) is None,
        "can_counter": policy.can_counter(actor, proposal, len(suggestions)) is None,
        "files": links_of(queries.files_of(proposal)),
        "suggestions": suggestions,
        "latest": suggestions[0] if suggestions and suggestions[0].counter.is_open else None,
        "versions": queries.versions_of(proposal) if proposal.version > 1 else [],
        "declined": reason_of(proposal),
        "runs_out_at": silence.runs_out_at(proposal, proposal.job),
        **changes_of_job(proposal),
        **_transfer(proposal, on),
    }
    return render(request, "proposals/detail.html", context)


def _transfer(proposal: Proposal, on: date) -> dict[str, date]:
    """When the reward would be transferred; of lasting work, whose day is that of its beginning, nothing is known."""
    if proposal.job.is_lasting:
        return {}
    accepted_on = max(proposal.deliver_on, on)
    return {"accepted_on": accepted_on, "pays_on": rulebook.payout_dates(accepted_on)[1]}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Take one's proposal back, after a page that says what it means."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    if request.method != "POST" and not actor_of(request).is_member(proposal.worker_id):
        raise NotVisible
    refusal = policy.can_withdraw(actor_of(request), proposal)
    context = {"proposal": proposal, "job": proposal.job, "refusal": refusal}
    if request.method != "POST":
        return render(request, "proposals/withdraw.html", context)
    try:
        actions.withdraw(proposal=proposal, by=actor_of(request), at=request.now)
    except Refused as refused:
        if proposal.status == Proposal.Status.WITHDRAWN and actor_of(request).is_member(proposal.worker_id):
            messages.info(request, _("This proposal was withdrawn."))
            return redirect("proposals:detail", proposal.pk)
        context["refusal"] = refused.refusal
        return render(request, "proposals/withdraw.html", context, status=refused.refusal.status)
    messages.success(request, _("Your proposal was withdrawn. You may propose again while the job is open."))
    return redirect("proposals:detail", proposal.pk)
