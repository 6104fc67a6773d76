"""Writing to somebody about a posting, a proposal or a contract; where the two have talked, their thread goes on."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import queries as sourcing
from nakadachi.people.models import Member
from nakadachi.trust.messaging import actions, policy, queries
from nakadachi.trust.messaging.situation import situation_of
from nakadachi.web.pages.messages.forms import MessageForm
from nakadachi.web.ui.answers import actor_of, keep_form, sentence

PAGE = "messages/new.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, kind: str, thing_id: int) -> HttpResponse:
    """The thread, if there is one; otherwise the form of the first message."""
    actor = actor_of(request)
    if kind not in PAIRS:
        raise NotVisible
    job, worker = PAIRS[kind](request, thing_id)
    known = queries.between(actor, job, worker.pk)
    if known is not None and request.method != "POST":
        return redirect("messages:thread", known.pk)
    refusal = policy.can_begin(actor, job, worker, situation_of(job, worker.pk), request.now)
    context: dict[str, Any] = {
        "job": job,
        "other": worker if actor.is_member(job.client_id) else job.client,
        "is_question": kind == "job",
        "back": _back(kind, thing_id),
        "cannot_write": sentence(refusal) if refusal else "",
    }
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": MessageForm()}, status=refusal.status if refusal else 200)
    return _begin(request, job, worker, context)


def _begin(request: HttpRequest, job: Job, worker: Member, context: dict[str, Any]) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    words = {name: form.cleaned_data[name] for name in ("text", "files", "request_key")}
    try:
        message = actions.begin(job=job, worker=worker, by=actor_of(request), at=request.now, **words)
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    return redirect(f"{reverse('messages:thread', args=[message.thread_id])}#latest")


def _of_job(request: HttpRequest, job_id: int) -> tuple[Job, Member]:
    """Whoever looks at a posting asks as a worker."""
    return jobs.job_for(actor_of(request), job_id), request.user


def _of_proposal(request: HttpRequest, proposal_id: int) -> tuple[Job, Member]:
    proposal = sourcing.proposal_for(actor_of(request), proposal_id)
    return proposal.job, proposal.worker


def _of_contract(request: HttpRequest, contract_id: int) -> tuple[Job, Member]:
    contract = contracts.contract_for(actor_of(request), contract_id)
    contract.job.client = contract.client
    return contract.job, contract.worker


PAIRS: dict[str, Callable[[HttpRequest, int], tuple[Job, Member]]] = {
    "job": _of_job,
    "proposal": _of_proposal,
    "contract": _of_contract,
}


def _back(kind: str, thing_id: int) -> str:
    return reverse(
        {"job": "jobs:detail", "proposal": "proposals:detail", "contract": "contracts:detail"}[kind], args=[thing_id]
    )
