"""A proposal that is sent already: changed by its worker, left as it is for a changed job, read as it was."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.sourcing import actions, policy, queries
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from nakadachi.web.pages.jobs.cards import budget_of
from nakadachi.web.pages.jobs.differences import of_proposals
from nakadachi.web.pages.jobs.history import differences_since
from nakadachi.web.pages.proposals.forms import ProposalForm
from nakadachi.web.ui.answers import actor_of, keep_form, sentence

FORM = "proposals/revise.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The same form as for sending; what was sent stays readable for both sides."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    if not actor_of(request).is_member(proposal.worker_id):
        raise NotVisible
    context = _context(request, proposal)
    if request.method != "POST":
        form = ProposalForm(job=proposal.job, initial=ProposalDraft.of(proposal).__dict__)
        return render(request, FORM, {**context, "form": form})
    form = ProposalForm(request.POST, request.FILES, job=proposal.job)
    if not form.is_valid():
        return keep_form(request, FORM, form, context)
    try:
        changed = actions.revise(
            proposal=proposal,
            draft=form.draft(),
            files=form.cleaned_data["files"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, FORM, form, {**context, "refusal": None}, refused.refusal)
    if changed.version > proposal.version or changed.revise_key == form.cleaned_data["request_key"]:
        messages.success(request, _("Your proposal was changed. The client sees what is different."))
    else:
        messages.info(request, _("Nothing was different, so your proposal stays as it is."))
    return redirect("proposals:detail", proposal.pk)


@login_required
@require_POST
def stand_by(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The job has changed, and the proposal holds as it is."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    try:
        actions.stand_by(proposal=proposal, by=actor_of(request), at=request.now)
    except Refused as refused:
        messages.warning(request, sentence(refused.refusal))
    else:
        messages.success(request, _("The client can see that your proposal holds for the changed job."))
    return redirect("proposals:detail", proposal.pk)


@login_required
@require_safe
def version(request: HttpRequest, proposal_id: int, number: int) -> HttpResponse:
    """What a proposal said before it was changed, and what changed with the next version."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    older = queries.version_of(proposal, number)
    said = ProposalDraft.of_json(older.contents)
    context = {
        "proposal": proposal,
        "job": proposal.job,
        "older": older,
        "said": said,
        "differences": of_proposals(said, queries.said_in(proposal, number + 1), proposal.job),
        "is_client": actor_of(request).is_member(proposal.job.client_id),
    }
    return render(request, "proposals/version.html", context)


def changes_of_job(proposal: Proposal) -> dict[str, Any]:
    """What changed in the job since the proposal was made for it, when it waits."""
    job = proposal.job
    if proposal.status != Proposal.Status.SENT or proposal.job_version >= job.version:
        return {}
    return {"job_changes": differences_since(job, proposal.job_version), "job_changed_at": job.edited_at}


def _context(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    job = proposal.job
    quote = rulebook.quote(format=job.format, amount_yen=proposal.amount_yen, on=jst_date(request.now))
    return {
        "proposal": proposal,
        "job": job,
        "budget": budget_of(job),
        "kept": queries.files_of(proposal),
        "refusal": policy.can_revise(actor_of(request), proposal),
        "quote": quote,
        "problem": "",
        **changes_of_job(proposal),
    }
