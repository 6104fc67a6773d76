"""Blocked members. One blocks somebody where one met them: behind a job, a proposal or a contract one can see."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused
from nakadachi.market.contracts.queries import contract_for
from nakadachi.market.jobs.queries import job_for
from nakadachi.market.sourcing.queries import proposal_for
from nakadachi.people.models import Member
from nakadachi.people.standing import blocking, queries
from nakadachi.web.ui.answers import actor_of

Met = tuple[Member, str]
"""Who, and the address of where."""


def _behind_job(actor: Actor, job_id: int) -> Met:
    return job_for(actor, job_id).client, reverse("jobs:detail", args=[job_id])


def _behind_proposal(actor: Actor, proposal_id: int) -> Met:
    proposal = proposal_for(actor, proposal_id)
    other = proposal.worker if actor.is_member(proposal.job.client_id) else proposal.job.client
    return other, reverse("proposals:detail", args=[proposal_id])


def _behind_contract(actor: Actor, contract_id: int) -> Met:
    other = contract_for(actor, contract_id).other_side(actor.id or 0)
    return other, reverse("contracts:detail", args=[contract_id])


_MET: dict[str, Callable[[Actor, int], Met]] = {
    "job": _behind_job,
    "proposal": _behind_proposal,
    "contract": _behind_contract,
}


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Whom one blocked, with the way back."""
    return render(request, "settings/blocked.html", {"blocks": queries.blocks_of(actor_of(request))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, where: str, thing_id: int) -> HttpResponse:
    """What blocking does, and the button."""
    if where not in _MET:
        raise NotVisible
    actor = actor_of(request)
    other, back = _MET[where](actor, thing_id)
    refusal: Refusal | None = None
    if actor.is_member(other.pk):
        refusal = blocking.YOURSELF
    elif request.method == "POST":
        try:
            blocking.block(member=request.user, other=other, by=actor, at=request.now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            messages.success(request, _("%(name)s is blocked. You can undo it here.") % {"name": other.display_name})
            return redirect("settings:blocked")
    context = {"other": other, "back": back, "refusal": refusal, "is_blocked": queries.has_blocked(actor, other.pk)}
    return render(request, "settings/block.html", context, status=refusal.status if refusal else 200)


@login_required
@require_POST
def lift(request: HttpRequest, block_id: int) -> HttpResponse:
    """Deal with somebody again."""
    made = queries.block_for(actor_of(request), block_id)
    blocking.unblock(member=request.user, other=made.blocked, by=actor_of(request), at=request.now)
    messages.success(request, _("%(name)s is no longer blocked.") % {"name": made.blocked.display_name})
    return redirect("settings:blocked")
