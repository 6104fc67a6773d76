"""What the client does with a delivery: ask for a revision, or accept after a page that says what it means."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.infra.files import queries as file_queries
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions, policy
from nakadachi.market.contracts.models import Delivery, Milestone
from nakadachi.money import rulebook
from nakadachi.web.pages.contracts.forms import RevisionForm
from nakadachi.web.pages.contracts.views.common import back, milestone_context, milestone_of, refused_page
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.ui.answers import actor_of, keep_form

DIGITS_MAX = 19


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """What should be changed; the milestone goes back to the worker."""
    milestone = milestone_of(request, contract_id, milestone_id)
    context = milestone_context(request, milestone, round_words=_round_words(milestone))
    template = "contracts/revision.html"
    if request.method != "POST":
        refusal = policy.can_request_revision(actor_of(request), milestone, request.now)
        if refusal:
            return refused_page(request, template, context, refusal)
        return render(request, template, {**context, "form": RevisionForm()})
    form = RevisionForm(request.POST, request.FILES)
    if not form.is_valid():
        return keep_form(request, template, form, context)
    try:
        actions.request_revision(
            milestone=milestone,
            reason=form.cleaned_data["reason"],
            files=form.cleaned_data["files"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        now = milestone_of(request, contract_id, milestone_id)
        if _asked_already(now, form.cleaned_data["reason"]):
            return refused_page(request, template, context, refused.refusal, already=True)
        return keep_form(request, template, form, context, refused.refusal)
    return back(milestone.contract, request, _("Your request for a revision has been sent to the worker."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """報酬が確定し、取り消せません: the client says so once more, and it is done."""
    milestone = milestone_of(request, contract_id, milestone_id)
    context = milestone_context(request, milestone, pays_on=_pays_on(request.now), **_waiting(milestone))
    template = "contracts/acceptance.html"
    if request.method == "POST":
        try:
            actions.accept(milestone=milestone, seen_id=_seen_id(request), by=actor_of(request), at=request.now)
        except Refused as refused:
            now = milestone_of(request, contract_id, milestone_id)
            already = _accepted_already(request, now)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(milestone.contract, request, _("Accepted. The reward is confirmed."))
    refusal = policy.can_accept(actor_of(request), milestone, request.now)
    if refusal is None:
        return render(request, template, context)
    return refused_page(request, template, context, refusal, already=_accepted_already(request, milestone))


def _round_words(milestone: Milestone) -> str:
    facts = {"count": milestone.revisions_count + 1, "most": milestone.contract.revisions_max}
    return _("This is round %(count)s of the %(most)s agreed.") % facts


def _accepted_already(request: HttpRequest, milestone: Milestone) -> bool:
    """The client's own earlier press of the button, or the way back to its page."""
    return milestone.status == Milestone.Status.ACCEPTED and milestone.contract.client_id == request.user.pk


def _waiting(milestone: Milestone) -> dict[str, Any]:
    """The delivery that would be accepted, with its files; the form says which one it was."""
    delivery = milestone.deliveries.filter(withdrawn_at=None, revision_requested_at=None).first()
    if delivery is None:
        return {"delivery": None}
    stored = file_queries.of_owners(Delivery._meta.label_lower, [delivery.pk])
    return {"delivery": delivery, "files": links_of(stored.get(delivery.pk, ()))}


def _seen_id(request: HttpRequest) -> int | None:
    text = request.POST.get("delivery", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS_MAX else None


def _pays_on(now: datetime) -> object:
    return rulebook.payout_dates(jst_date(now))[1]


def _asked_already(milestone: Milestone, reason: str) -> bool:
    """The same request was sent a moment ago: a second press of the button."""
    last = milestone.deliveries.order_by("-number").first()
    return milestone.status == Milestone.Status.OPEN and last is not None and last.revision_reason == reason != ""
