"""What the worker does with a milestone: deliver, take a delivery back, give the milestone up."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions, policy, queries, timers
from nakadachi.market.contracts.models import Milestone
from nakadachi.web.pages.contracts.forms import DeliveryForm
from nakadachi.web.pages.contracts.views.common import back, button_page, milestone_context, milestone_of, refused_page
from nakadachi.web.ui import figures
from nakadachi.web.ui.answers import actor_of, keep_form


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """Hand in a note and files. The same form twice delivers once."""
    milestone = milestone_of(request, contract_id, milestone_id)
    silent_at = timers.auto_accept_at(request.now, milestone.contract.auto_accept_days)
    context = milestone_context(request, milestone, silent_at=silent_at)
    template = "contracts/delivery.html"
    has_delivered = queries.has_delivered(milestone.contract)
    if request.method != "POST":
        refusal = policy.can_deliver(actor_of(request), milestone)
        if refusal:
            return refused_page(request, template, context, refusal)
        return render(request, template, {**context, "form": DeliveryForm(has_delivered=has_delivered)})
    form = DeliveryForm(request.POST, request.FILES, has_delivered=has_delivered)
    if not form.is_valid():
        return keep_form(request, template, form, context)
    try:
        actions.deliver(
            milestone=milestone,
            note=form.whole_note(),
            files=form.cleaned_data["files"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, template, form, context, refused.refusal)
    facts = {"day": figures.short_day(silent_at)}
    text = _("Delivered. If the client does not answer, it is accepted on %(day)s at 23:59.") % facts
    return back(milestone.contract, request, text)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """Take back what waits for inspection."""
    milestone = milestone_of(request, contract_id, milestone_id)
    context = milestone_context(request, milestone)
    template = "contracts/delivery_withdrawal.html"
    if request.method == "POST":
        try:
            actions.withdraw_delivery(milestone=milestone, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = _stands(request, milestone, Milestone.Status.OPEN)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(milestone.contract, request, _("The delivery is withdrawn. You can deliver again at any time."))
    return button_page(request, template, context, policy.can_withdraw_delivery(actor_of(request), milestone))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handback(request: HttpRequest, contract_id: int, milestone_id: int) -> HttpResponse:
    """Give a funded milestone up: the client gets everything back."""
    milestone = milestone_of(request, contract_id, milestone_id)
    context = milestone_context(request, milestone)
    template = "contracts/handback.html"
    if request.method == "POST":
        try:
            actions.hand_back(milestone=milestone, by=actor_of(request), at=request.now)
        except Refused as refused:
            already = _stands(request, milestone, Milestone.Status.HANDED_BACK)
            return refused_page(request, template, context, refused.refusal, already=already)
        return back(milestone.contract, request, _("The milestone is handed back. The client gets the whole sum back."))
    return button_page(request, template, context, policy.can_hand_back(actor_of(request), milestone))


def _stands(request: HttpRequest, milestone: Milestone, status: str) -> bool:
    """The worker's own earlier press of the same button got there first."""
    now = milestone_of(request, milestone.contract_id, milestone.pk)
    return now.status == status and now.contract.worker_id == request.user.pk
