"""Payouts of the member who looks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import actions, policy, queries
from nakadachi.people.access.holding import rest_of
from nakadachi.people.queries import member_for
from nakadachi.web.pages.earnings.payouts.forms import PayoutForm
from nakadachi.web.ui.answers import actor_of, keep_form, posted, sentence

TONES = {"requested": "accent", "batched": "accent", "sent": "good", "returned": "bad", "cancelled": "plain"}


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everything that left the balance for the bank, newest first."""
    page = queries.payouts_of(request.user.pk, request.GET.get("after", ""))
    context = {
        "page": page,
        "rows": [(payout, TONES[payout.status]) for payout in page.rows],
        "offer": queries.offer_for(request.user.pk, request.now),
        "skip": queries.last_skip(request.user.pk),
    }
    return render(request, "payouts/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What would be transferred, where and when; sending the form asks for it."""
    form = PayoutForm(posted(request))
    offer = queries.offer_for(request.user.pk, request.now)
    context = {"offer": offer, "form": form, "why_not": sentence(offer.refusal) if offer.refusal else ""}
    if request.method != "POST":
        return render(request, "payouts/new.html", context)
    if not form.is_valid():
        return keep_form(request, "payouts/new.html", form, context)
    try:
        payout = actions.request(
            member=member_for(actor_of(request), request.user.pk),
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, "payouts/new.html", form, context, refused.refusal)
    messages.success(request, _("Your payout is requested."))
    return redirect("earnings:payouts:detail", payout.pk)


@login_required
@require_safe
def detail(request: HttpRequest, payout_id: int) -> HttpResponse:
    """One payout: amount, account, days, and the journals it posted."""
    actor = actor_of(request)
    payout = queries.payout_for(actor, payout_id)
    closes_on, pays_on = queries.goes_with(payout)
    context = {
        "payout": payout,
        "tone": TONES[payout.status],
        "closes_on": closes_on,
        "pays_on": pays_on,
        "rest": rest_of(request.user.pk, request.now) if payout.status == payout.Status.REQUESTED else None,
        "can_cancel": policy.can_cancel(actor, payout) is None,
        "journals": ledger.journals_about("payout", payout.pk),
    }
    return render(request, "payouts/detail.html", context)


@login_required
@require_POST
def cancellation(request: HttpRequest, payout_id: int) -> HttpResponse:
    """Take a request back; its page says what happened."""
    actor = actor_of(request)
    actions.cancel(payout=queries.payout_for(actor, payout_id), by=actor, at=request.now)
    messages.success(request, _("The payout is cancelled. The money is on your balance again."))
    return redirect("earnings:payouts:detail", payout_id)
