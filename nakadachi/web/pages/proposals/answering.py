"""What the client does with proposals short of choosing one: put aside, decline with a reason, think again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.sourcing import actions, policy, queries
from nakadachi.market.sourcing.models import Proposal
from nakadachi.web.pages.proposals.forms import DecliningForm
from nakadachi.web.ui.answers import actor_of, keep_form, sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Let the worker know, kindly and with a reason."""
    proposal = _received(request, proposal_id)
    refusal = policy.can_decline(actor_of(request), proposal)
    context = {"proposal": proposal, "job": proposal.job, "refusal": refusal}
    if request.method != "POST":
        form = DecliningForm(initial={"reason": Proposal.Reason.THIS_TIME})
        return render(request, "proposals/decline.html", {**context, "form": form})
    form = DecliningForm(request.POST)
    if not form.is_valid():
        return keep_form(request, "proposals/decline.html", form, context)
    try:
        actions.decline(proposal=proposal, **form.cleaned_data, by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "proposals/decline.html", form, {**context, "refusal": None}, refused.refusal)
    messages.success(request, _("The proposal was declined. On its page you can still think again."))
    return redirect("proposals:of_job", proposal.job_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline_rest(request: HttpRequest, job_id: int) -> HttpResponse:
    """Decline all that still wait, with one reason and one sentence."""
    job = jobs.own_job_for(actor_of(request), job_id)
    context = {"job": job, "waiting": queries.waiting_count(job)}
    if request.method != "POST":
        form = DecliningForm(initial={"reason": Proposal.Reason.ANOTHER})
        return render(request, "proposals/decline_rest.html", {**context, "form": form})
    form = DecliningForm(request.POST)
    if not form.is_valid():
        return keep_form(request, "proposals/decline_rest.html", form, context)
    try:
        count = actions.decline_rest(job=job, **form.cleaned_data, by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "proposals/decline_rest.html", form, context, refused.refusal)
    said = ngettext("%(count)s proposal was declined.", "%(count)s proposals were declined.", count)
    messages.success(request, said % {"count": f"{count:,}"})
    return redirect("proposals:of_job", job.pk)


@login_required
@require_POST
def reconsider(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Take a declined proposal back among those that wait."""
    proposal = _received(request, proposal_id)
    try:
        actions.reconsider(proposal=proposal, by=actor_of(request), at=request.now)
    except Refused as refused:
        messages.warning(request, sentence(refused.refusal))
    else:
        messages.success(request, _("The proposal waits for your answer again. The worker can see it."))
    return redirect("proposals:detail", proposal.pk)


@login_required
@require_POST
def keep(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Put it on one's own short list, or take it off."""
    proposal = _received(request, proposal_id)
    act = actions.keep if request.POST.get("keep") == "1" else actions.unkeep
    act(proposal=proposal, by=actor_of(request), at=request.now)
    return redirect("proposals:detail", proposal.pk)


def _received(request: HttpRequest, proposal_id: int) -> Proposal:
    """A proposal for a job of one's own; a worker's own proposal is refused by the policy, not hidden."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    if not (actor_of(request).is_member(proposal.job.client_id) or request.method == "POST"):
        raise NotVisible
    return proposal


def reason_of(proposal: Proposal) -> dict[str, Any]:
    """Why a proposal was declined, for both sides to read."""
    if proposal.status != Proposal.Status.DECLINED:
        return {}
    return {"reason": proposal.get_decline_reason_display(), "note": proposal.decline_note}
