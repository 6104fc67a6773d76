"""What a client does with a posting of their own: write, look over, publish, change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.jobs import actions, places, policy, queries
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import queries as proposals
from nakadachi.money import rulebook
from nakadachi.web.pages.help.figures import rates
from nakadachi.web.pages.jobs.cards import budget_of
from nakadachi.web.pages.jobs.forms import FORMS, initial_of
from nakadachi.web.pages.jobs.views import contents
from nakadachi.web.ui.answers import actor_of, keep_form, sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, format: str) -> HttpResponse:
    """A new draft. It is kept before it is looked over, so that nothing typed is lost."""
    context = {**_fee(request, format), "format": format, "way": Job.Format(format).label}
    if request.method != "POST":
        return render(request, "jobs/form.html", {**context, "form": FORMS[format]()})
    form = FORMS[format](request.POST, request.FILES)
    if not form.is_valid():
        return keep_form(request, "jobs/form.html", form, context)
    try:
        job = actions.write(
            client=request.user,
            draft=form.draft(),
            files=form.cleaned_data["files"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, "jobs/form.html", form, context, refused.refusal)
    return redirect("jobs:confirm" if job.is_draft else "jobs:detail", job.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, job_id: int) -> HttpResponse:
    """Change a draft, or what is published: then the old text is kept, and those who proposed are told."""
    job = queries.own_job_for(actor_of(request), job_id)
    if not job.by_proposal:
        raise NotVisible
    context = {"job": job, "format": job.format, "kept": queries.files_of(job), **_fee(request, job.format)}
    if not job.is_draft:
        context |= {"waiting": proposals.waiting_count(job), "places_taken": places.taken(job.pk)}
    may = policy.can_edit if job.is_draft else policy.can_edit_open
    if request.method != "POST":
        if refusal := may(actor_of(request), job):
            messages.info(request, sentence(refusal))
            return redirect("jobs:detail", job.pk)
        return render(request, "jobs/form.html", {**context, "form": FORMS[job.format](initial=initial_of(job))})
    form = FORMS[job.format](request.POST, request.FILES)
    if not form.is_valid():
        return keep_form(request, "jobs/form.html", form, context)
    try:
        act = actions.change if job.is_draft else actions.edit
        changed = act(
            job=job, draft=form.draft(), files=form.cleaned_data["files"], by=actor_of(request), at=request.now
        )
    except Refused as refused:
        return keep_form(request, "jobs/form.html", form, context, refused.refusal)
    if job.is_draft:
        return redirect("jobs:confirm", job.pk)
    said = _("The job is changed. The text before stays readable.") if changed.version > job.version else ""
    messages.success(request, said or _("Nothing was different, so nothing was changed."))
    return redirect("jobs:detail", job.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, job_id: int) -> HttpResponse:
    """The last look: the posting as others will see it, with what it costs. Sending it publishes."""
    job = queries.own_job_for(actor_of(request), job_id)
    if not (job.is_draft and job.by_proposal):
        return redirect("jobs:detail", job.pk)
    refusal, status = policy.can_publish(actor_of(request), job, request.now), 200
    if request.method == "POST":
        try:
            actions.publish(job=job, by=actor_of(request), at=request.now)
        except Refused as refused:
            refusal, status = refused.refusal, refused.refusal.status
        else:
            messages.success(request, _("Your job is published. Proposals will arrive here."))
            return redirect("jobs:detail", job.pk)
    return render(request, "jobs/confirm.html", {**contents(job, request), "refusal": refusal}, status=status)


@login_required
@require_POST
def discard(request: HttpRequest, job_id: int) -> HttpResponse:
    """Throw a draft away."""
    job = queries.own_job_for(actor_of(request), job_id)
    if not job.by_proposal:
        raise NotVisible
    actions.discard(job=job, by=actor_of(request), at=request.now)
    messages.success(request, _("The draft was thrown away."))
    return redirect("jobs:mine")


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own postings, by state."""
    status = request.GET.get("status", "")
    status = status if status in Job.Status.values else ""
    page = queries.my_page(actor_of(request), status=status, after=request.GET.get("after", ""))
    counted = proposals.counts(job.pk for job in page.rows)
    context = {"page": page, "rows": [_row(job, counted.get(job.pk, 0)) for job in page.rows], "tabs": _tabs(status)}
    return render(request, "jobs/mine.html", context)


def _row(job: Job, proposals_count: int) -> dict[str, Any]:
    return {"job": job, "budget": budget_of(job), "proposals_count": proposals_count}


def _tabs(chosen: str) -> list[tuple[str, str, bool]]:
    tabs: list[tuple[str, Any]] = [
        ("", pgettext("work", "All")),
        *(choice for choice in Job.Status.choices if choice[0] != Job.Status.DROPPED),
    ]
    return [(label, f"?status={status}" if status else "?", status == chosen) for status, label in tabs]


def _fee(request: HttpRequest, format: str) -> dict[str, Any]:
    rows = rates(rulebook.current(), jst_date(request.now))
    return {"client_rate": " / ".join(next(row for row in rows if row.format == format).client)}
