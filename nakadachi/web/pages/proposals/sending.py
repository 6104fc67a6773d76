"""A new proposal: write it with the take-home in view, look it over, send it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions, policy, queries
from nakadachi.money import rulebook
from nakadachi.web.pages.jobs.cards import budget_of
from nakadachi.web.pages.proposals.forms import ProposalForm, TemplateChoice
from nakadachi.web.ui.answers import actor_of, keep_files, keep_form
from nakadachi.web.ui.fields import YenField

FORM = "proposals/form.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, job_id: int) -> HttpResponse:
    """One address for the whole way: the button that was pressed says what to do with what was typed."""
    actor = actor_of(request)
    job = jobs.job_for(actor, job_id)
    living = queries.living_of(actor, job)
    if living is not None and (request.method != "POST" or not _sent_before(living, request.POST)):
        messages.info(request, _("You have already proposed for this job."))
        return redirect("proposals:detail", living.pk)
    context = _context(request, job)
    if request.method != "POST":
        return render(request, FORM, {**context, "form": ProposalForm(job=job, initial=_initial(job))})
    pressed = next((answer for button, answer in _BUTTONS.items() if button in request.POST), _look_over)
    return pressed(request, job, context)


@login_required
@require_safe
def take_home(request: HttpRequest, job_id: int) -> HttpResponse:
    """The fragment under the amount: what is left of it, or what is wrong with it."""
    job = jobs.job_for(actor_of(request), job_id)
    context = {"job": job, **_take_home(request, job, request.GET.get("amount_yen", ""))}
    return render(request, "proposals/take_home.html", context)


def _take_home(request: HttpRequest, job: Job, typed: str) -> dict[str, Any]:
    """The quote of what was typed, when it is an amount at all."""
    field = YenField(required=False)
    try:
        amount_yen = field.clean(typed)
    except ValidationError as problem:
        return {"quote": None, "problem": problem.messages[0]}
    if amount_yen is None:
        return {"quote": None, "problem": ""}
    on = jst_date(request.now)
    return {"quote": rulebook.quote(format=job.format, amount_yen=amount_yen, on=on), "problem": ""}


def _context(request: HttpRequest, job: Job) -> dict[str, Any]:
    typed = request.POST.get("amount_yen", "") if request.method == "POST" else str(job.budget_max_yen)
    return {
        "job": job,
        "budget": budget_of(job),
        "choice": TemplateChoice(
            request.POST if request.method == "POST" else None, templates=queries.templates_of(actor_of(request))
        ),
        "refusal": policy.can_propose(actor_of(request), job, request.now),
        **_take_home(request, job, typed),
    }


def _look_over(request: HttpRequest, job: Job, context: dict[str, Any]) -> HttpResponse:
    """The last look. What the action would refuse is said here already."""
    form = ProposalForm(request.POST, request.FILES, job=job)
    if not form.is_valid():
        return keep_form(request, FORM, form, context)
    draft = form.draft().tidied()
    refusal = context["refusal"] or policy.draft_refusal(draft, job.format, jst_date(request.now))
    if refusal is not None:
        return keep_form(request, FORM, form, context, refusal)
    keep_files(request, form)
    kept = form.fields["files"].widget.kept
    return render(request, "proposals/confirm.html", {**context, "form": form, "draft": draft, "kept_files": kept})


def _send(request: HttpRequest, job: Job, context: dict[str, Any]) -> HttpResponse:
    form = ProposalForm(request.POST, request.FILES, job=job)
    if not form.is_valid():
        return keep_form(request, FORM, form, context)
    try:
        proposal = actions.send(
            job=job,
            worker=request.user,
            draft=form.draft(),
            files=form.cleaned_data["files"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, FORM, form, context, refused.refusal)
    messages.success(request, _("Your proposal was sent. You will see the client's answer here."))
    return redirect("proposals:detail", proposal.pk)


def _edit(request: HttpRequest, job: Job, context: dict[str, Any]) -> HttpResponse:
    """Back from the last look."""
    return render(request, FORM, {**context, "form": _unchecked(request, job)})


def _unchecked(request: HttpRequest, job: Job) -> ProposalForm:
    """What was typed and which files came along, without saying yet what is wrong with them."""
    sent = ProposalForm(request.POST, request.FILES, job=job)
    keep_files(request, sent)
    form = ProposalForm(job=job, initial={name: sent[name].data for name in sent.fields if name != "files"})
    form.fields["files"].widget.kept = sent.fields["files"].widget.kept
    return form


def _initial(job: Job) -> dict[str, Any]:
    """The upper end of the budget; and the day the client wishes lasting work to begin."""
    return {"amount_yen": job.budget_max_yen, "deliver_on": job.starts_on}


def _load(request: HttpRequest, job: Job, context: dict[str, Any]) -> HttpResponse:
    """Put a template into the first two parts; everything else stays as typed."""
    form = _unchecked(request, job)
    try:
        template = queries.template_for(actor_of(request), int(request.POST.get("template", "")))
    except ValueError:
        raise NotVisible from None
    form.initial |= {"introduction": template.introduction, "track_record": template.track_record}
    return render(request, FORM, {**context, "form": form, "loaded": template.name})


def _keep(request: HttpRequest, job: Job, context: dict[str, Any]) -> HttpResponse:
    """Keep the first two parts as a template, and go on writing."""
    form = _unchecked(request, job)
    refusal: Refusal | None = None
    try:
        actions.keep_template(
            member=request.user,
            name=request.POST.get("template_name", ""),
            introduction=request.POST.get("introduction", ""),
            track_record=request.POST.get("track_record", ""),
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        refusal = refused.refusal
    choice = TemplateChoice(request.POST, templates=queries.templates_of(actor_of(request)))
    answer = {**context, "form": form, "choice": choice, "template_refusal": refusal, "kept": refusal is None}
    return render(request, FORM, answer, status=refusal.status if refusal else 200)


_BUTTONS: dict[str, Callable[[HttpRequest, Job, dict[str, Any]], HttpResponse]] = {
    "load": _load,
    "keep": _keep,
    "edit": _edit,
    "send": _send,
}


def _sent_before(living: Any, data: QueryDict) -> bool:
    """True when the form is the one that made the living proposal: sending it again is answered as the first time."""
    return "send" in data and data.get("request_key") == str(living.request_key)
