"""The client looks at answers, approves one, some or all, rejects with a reason, closes, and takes the results away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.tasks import actions, policy, queries
from nakadachi.market.tasks.lifecycle import REJECTED
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.rulebook.tasks import rejections_max
from nakadachi.web.pages.tasks import results
from nakadachi.web.pages.tasks.common import back, figures, going_back, own_task, refused_page, shown
from nakadachi.web.pages.tasks.forms import RejectionForm
from nakadachi.web.ui.answers import actor_of, keep_form, sentence

TABS: dict[str, tuple[str, ...]] = {
    "waiting": (Claim.Status.SUBMITTED,),
    "approved": (Claim.Status.APPROVED,),
    "rejected": REJECTED,
}

TICKED_MAX = 500


@login_required
@require_safe
def answers(request: HttpRequest, task_id: int) -> HttpResponse:
    """The answers that wait, with a box each and one button for all; and what was decided before."""
    task = own_task(request, task_id)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "waiting"
    places = queries.places_of([task])[task.pk]
    page = queries.answers_page(task, statuses=TABS[tab], after=request.GET.get("after", ""))
    stored = queries.files_of(page.rows)
    counts = {"waiting": places.submitted, "approved": places.approved, "rejected": places.not_approved}
    labels = {"waiting": _("Waiting for approval"), "approved": _("Approved"), "rejected": _("Not approved")}
    context = {
        **figures(request, task),
        "tab": tab,
        "tabs": [(labels[name], counts[name], f"?tab={name}", name == tab) for name in TABS],
        "page": page,
        "rows": [_row(claim, stored.get(claim.pk, {})) for claim in page.rows],
        "places": places,
        "rejections_left": _rejections_left(task, places),
    }
    return render(request, "tasks/answers.html", context)


def _rejections_left(task: Task, places: queries.Places) -> int:
    rules = task.rules
    most = rejections_max(places.handed_in, least=rules.rejections_min, rate_bps=rules.rejections_bps)
    return max(most - places.not_approved, 0)


def _row(claim: Claim, stored: dict[int, Any]) -> dict[str, Any]:
    return {"claim": claim, "answers": shown(claim, stored) if claim.is_readable_by_client else []}


@login_required
@require_safe
def answer(request: HttpRequest, task_id: int, claim_id: int) -> HttpResponse:
    """One answer, for its worker and for the client of the task."""
    claim = queries.claim_for(actor_of(request), task_id, claim_id)
    is_worker = claim.worker_id == request.user.pk
    if claim.submitted_at is None:
        return redirect("tasks:work", task_id, claim_id)
    may_read = is_worker or claim.is_readable_by_client
    context = {
        **figures(request, claim.task),
        "claim": claim,
        "is_worker": is_worker,
        "answers": shown(claim, queries.files_of([claim]).get(claim.pk, {})) if may_read else [],
        "can_appeal": policy.can_appeal(actor_of(request), claim, request.now) is None,
        "can_reject": not is_worker and _may_reject(request, claim),
    }
    return render(request, "tasks/answer.html", context)


def _may_reject(request: HttpRequest, claim: Claim) -> bool:
    if claim.status != Claim.Status.SUBMITTED:
        return False
    return policy.can_reject(actor_of(request), claim, *queries.judged(claim.task_id)) is None


@login_required
@require_POST
def approval(request: HttpRequest, task_id: int) -> HttpResponse:
    """Approve the answers that were ticked, or all that were there when the page was opened."""
    task = own_task(request, task_id)
    actor = actor_of(request)
    seen_at = _moment(request.POST.get("seen_at", ""))
    try:
        if "all" in request.POST and seen_at is not None:
            count = actions.approve_all(task=task, seen_at=min(seen_at, request.now), by=actor, at=request.now)
        else:
            count = actions.approve(task=task, claim_ids=_ids(request), by=actor, at=request.now)
    except Refused as refused:
        messages.warning(request, sentence(refused.refusal))
        return redirect("tasks:answers", task.pk)
    done = ngettext("%(count)s answer is approved and paid.", "%(count)s answers are approved and paid.", count)
    messages.success(request, done % {"count": f"{count:,}"})
    return redirect("tasks:answers", task.pk)


def _ids(request: HttpRequest) -> list[int]:
    """Of the ticked boxes; what is no number ticks nothing."""
    typed = [one for one in request.POST.getlist("claim") if one.isascii() and one.isdigit() and len(one) < 19]
    return [int(one) for one in typed[:TICKED_MAX]]


def _moment(text: str) -> Any:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rejection(request: HttpRequest, task_id: int, claim_id: int) -> HttpResponse:
    """Reject one answer with a reason from the list and in words."""
    claim = queries.claim_for(actor_of(request), task_id, claim_id)
    if claim.task.client_id != request.user.pk:
        raise NotVisible
    context = {
        **figures(request, claim.task),
        "claim": claim,
        "answers": shown(claim, queries.files_of([claim]).get(claim.pk, {})) if claim.is_readable_by_client else [],
        "appeal_days": claim.task.rules.appeal_days,
    }
    template = "tasks/rejection.html"
    if request.method != "POST":
        if refusal := policy.can_reject(actor_of(request), claim, *queries.judged(claim.task_id)):
            return refused_page(request, template, context, refusal)
        return render(request, template, {**context, "form": RejectionForm()})
    form = RejectionForm(request.POST)
    if not form.is_valid():
        return keep_form(request, template, form, context)
    try:
        actions.reject(claim=claim, **form.cleaned_data, by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, template, form, context, refused.refusal)
    messages.success(request, _("The answer is rejected. The worker reads your reason and may object."))
    return redirect("tasks:answers", task_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take no more claims before the time. What was taken or handed in still counts."""
    task = own_task(request, task_id)
    places = queries.places_of([task])[task.pk]
    context = {**figures(request, task), "places": places}
    refusal = policy.can_close(actor_of(request), task)
    if request.method == "POST":
        try:
            actions.close(task=task, by=actor_of(request), at=request.now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            return back(task, request, _("The task is closed."))
    if refusal:
        return refused_page(request, "tasks/closing.html", context, refusal)
    return render(request, "tasks/closing.html", {**context, "going_back": going_back(task, places.undecided)})


@login_required
@require_safe
def results_csv(request: HttpRequest, task_id: int) -> StreamingHttpResponse:
    """Every approved answer as a table for a spreadsheet."""
    task = own_task(request, task_id)
    rows = results.rows(task, queries.approved_answers(task))
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="task-{task.pk}.csv"'
    return answer
