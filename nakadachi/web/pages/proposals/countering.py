"""Price and day, back and forth before any contract, with what each side would receive or pay."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.sourcing import actions, policy, queries
from nakadachi.market.sourcing.models import Counter, Proposal
from nakadachi.money import rulebook
from nakadachi.money.rulebook import Quote
from nakadachi.web.pages.proposals.forms import CounterForm
from nakadachi.web.ui.answers import actor_of, keep_form, sentence
from nakadachi.web.ui.fields import YenField

FORM = "proposals/counter.html"


@dataclass(frozen=True)
class Suggestion:
    """One suggestion as a reader sees it: whose it is, what it means in money, what the reader can do."""

    counter: Counter
    is_own: bool
    quote: Quote
    can_answer: bool
    can_withdraw: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Suggest another amount or day. Binds nobody."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    context = _context(request, proposal)
    if request.method != "POST":
        start = context["latest"].counter if context["latest"] else proposal
        initial = {"amount_yen": start.amount_yen, "deliver_on": start.deliver_on}
        form = CounterForm(job=proposal.job, initial=initial)
        return render(request, FORM, {**context, "form": form})
    form = CounterForm(request.POST, job=proposal.job)
    if not form.is_valid():
        return keep_form(request, FORM, form, context)
    try:
        actions.counter(proposal=proposal, **form.cleaned_data, by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, FORM, form, {**context, "refusal": None}, refused.refusal)
    messages.success(request, _("Your suggestion was sent. It waits for an answer; nobody is bound by it yet."))
    return redirect("proposals:detail", proposal.pk)


@login_required
@require_safe
def take_home(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The fragment under the amount: the money of both sides."""
    proposal = queries.proposal_for(actor_of(request), proposal_id)
    context = {"side": _side(request, proposal), **_money(request, proposal, request.GET.get("amount_yen", ""))}
    return render(request, "proposals/counter_money.html", context)


@login_required
@require_POST
def accept(request: HttpRequest, proposal_id: int, counter_id: int) -> HttpResponse:
    """Agree: the proposal now says so."""
    said = _("You agreed. The proposal now has this amount and this delivery date.")
    return _answer(request, proposal_id, counter_id, actions.accept_counter, said)


@login_required
@require_POST
def decline(request: HttpRequest, proposal_id: int, counter_id: int) -> HttpResponse:
    """Keep to what the proposal says."""
    said = _("You did not agree. The proposal stays as it is.")
    return _answer(request, proposal_id, counter_id, actions.decline_counter, said)


@login_required
@require_POST
def withdraw(request: HttpRequest, proposal_id: int, counter_id: int) -> HttpResponse:
    """Take one's own suggestion back."""
    said = _("Your suggestion was taken back. The proposal stays as it is.")
    return _answer(request, proposal_id, counter_id, actions.withdraw_counter, said)


def _answer(
    request: HttpRequest, proposal_id: int, counter_id: int, act: Callable[..., Counter], said: str
) -> HttpResponse:
    counter = queries.counter_for(actor_of(request), proposal_id, counter_id)
    try:
        act(counter=counter, by=actor_of(request), at=request.now)
    except Refused as refused:
        messages.warning(request, sentence(refused.refusal))
    else:
        messages.success(request, said)
    return redirect("proposals:detail", proposal_id)


def suggestions_of(request: HttpRequest, proposal: Proposal) -> list[Suggestion]:
    """Every suggestion made for a proposal, the newest first."""
    actor, on = actor_of(request), jst_date(request.now)
    return [
        Suggestion(
            counter=counter,
            is_own=actor.is_member(counter.proposed_by_id),
            quote=rulebook.quote(format=proposal.job.format, amount_yen=counter.amount_yen, on=on),
            can_answer=policy.can_answer_counter(actor, counter) is None,
            can_withdraw=policy.can_withdraw_counter(actor, counter) is None,
        )
        for counter in queries.counters_of(proposal)
    ]


def _context(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    made = suggestions_of(request, proposal)
    latest = made[0] if made and made[0].counter.is_open else None
    typed = request.POST.get("amount_yen") or str((latest.counter if latest else proposal).amount_yen)
    return {
        "proposal": proposal,
        "job": proposal.job,
        "latest": latest,
        "side": _side(request, proposal),
        "refusal": policy.can_counter(actor_of(request), proposal, len(made)),
        **_money(request, proposal, typed),
    }


def _side(request: HttpRequest, proposal: Proposal) -> str:
    return "client" if actor_of(request).is_member(proposal.job.client_id) else "worker"


def _money(request: HttpRequest, proposal: Proposal, typed: str) -> dict[str, Any]:
    try:
        amount_yen = YenField(required=False).clean(typed)
    except ValidationError as problem:
        return {"quote": None, "problem": problem.messages[0]}
    if amount_yen is None:
        return {"quote": None, "problem": ""}
    on = jst_date(request.now)
    return {"quote": rulebook.quote(format=proposal.job.format, amount_yen=amount_yen, on=on), "problem": ""}
