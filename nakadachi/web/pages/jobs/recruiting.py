"""Closing one's posting to proposals, taking that back, and opening it again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.jobs import actions, places, policy, queries
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import queries as proposals
from nakadachi.web.pages.jobs.forms import ClosingForm, reopening_form
from nakadachi.web.ui.answers import actor_of, keep_form, sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, job_id: int) -> HttpResponse:
    """Take no more proposals, after a page that says what becomes of those that are there."""
    job = queries.own_job_for(actor_of(request), job_id)
    context = {"job": job, "waiting": proposals.waiting_count(job), "refusal": policy.can_close(actor_of(request), job)}
    if request.method != "POST":
        return render(request, "jobs/close.html", {**context, "form": ClosingForm()})
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return keep_form(request, "jobs/close.html", form, context)
    try:
        actions.close(job=job, reason=form.cleaned_data["reason"], by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "jobs/close.html", form, context, refused.refusal)
    messages.success(request, _("The job takes no more proposals. Those that are here may still be chosen."))
    return redirect("jobs:detail", job.pk)


@login_required
@require_POST
def undo_closing(request: HttpRequest, job_id: int) -> HttpResponse:
    """As if it had not been closed. Later on, the way is to open it again with new dates."""
    job = queries.own_job_for(actor_of(request), job_id)
    if job.is_open or not policy.may_undo_closing(job, request.now):
        return redirect("jobs:reopen" if not job.is_open else "jobs:detail", job.pk)
    try:
        actions.reopen(
            job=job,
            closes_on=job.closes_on,
            delivery_on=job.delivery_on,
            starts_on=job.starts_on,
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        messages.warning(request, sentence(refused.refusal))
    else:
        messages.success(request, _("The closing was taken back. The job takes proposals as before."))
    return redirect("jobs:detail", job.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, job_id: int) -> HttpResponse:
    """Take proposals again, until a day that lies ahead."""
    job = queries.own_job_for(actor_of(request), job_id)
    context = _reopening(request, job)
    if request.method != "POST":
        return render(
            request, "jobs/reopen.html", {**context, "form": reopening_form(job, initial=_dates(request, job))}
        )
    form = reopening_form(job, request.POST)
    if not form.is_valid():
        return keep_form(request, "jobs/reopen.html", form, context)
    try:
        actions.reopen(job=job, **form.cleaned_data, by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "jobs/reopen.html", form, {**context, "refusal": None}, refused.refusal)
    messages.success(request, _("The job takes proposals again."))
    return redirect("jobs:detail", job.pk)


def _reopening(request: HttpRequest, job: Job) -> dict[str, Any]:
    taken = places.taken(job.pk)
    refusal = policy.can_reopen(actor_of(request), job, taken)
    return {"job": job, "places_left": max(job.hires_max - taken, 0), "refusal": refusal}


def _dates(request: HttpRequest, job: Job) -> dict[str, Any]:
    """The dates as they were, when they still lie ahead."""
    today = jst_date(request.now)
    closes_on = job.closes_on if job.closes_on >= today else None
    earliest_on = closes_on or today
    days = {"delivery_on": job.delivery_on, "starts_on": job.starts_on}
    return {"closes_on": closes_on, **{name: day for name, day in days.items() if day and day > earliest_on}}
