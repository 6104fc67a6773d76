"""A worker takes a place, answers, gives it back, objects; and finds all of it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.tasks import actions, policy, queries
from nakadachi.market.tasks import refusals as no
from nakadachi.market.tasks.models import Claim
from nakadachi.web.pages.tasks.common import back, figures, refused_back, refused_page
from nakadachi.web.pages.tasks.forms import AnswerForm, AppealForm
from nakadachi.web.ui import figures as written
from nakadachi.web.ui.answers import actor_of, keep_files, keep_form, sentence


@login_required
@require_POST
def claim(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take a place; pressed twice, the place that is there."""
    task = queries.task_for(actor_of(request), task_id)
    try:
        taken = actions.claim(task=task, by=actor_of(request), at=request.now)
    except Refused as refused:
        return refused_back(task, request, refused.refusal)
    return redirect("tasks:work", task.pk, taken.pk)


def _own_claim(request: HttpRequest, task_id: int, claim_id: int) -> Claim:
    found = queries.claim_for(actor_of(request), task_id, claim_id)
    if found.worker_id != request.user.pk:
        raise NotVisible
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest, task_id: int, claim_id: int) -> HttpResponse:
    """The questions, and until when the place is kept. What was typed is never lost to a refusal."""
    held = _own_claim(request, task_id, claim_id)
    actor = actor_of(request)
    context = {**figures(request, held.task), "claim": held, "is_over": request.now >= held.reserved_until}
    if refusal := policy.can_submit(actor, held):
        messages.info(request, sentence(refusal))
        return redirect("tasks:answer", task_id, claim_id)
    if request.method != "POST":
        return render(request, "tasks/work.html", {**context, "form": AnswerForm(held.task.form)})
    form = AnswerForm(held.task.form, request.POST, request.FILES)
    if not form.is_valid():
        return keep_form(request, "tasks/work.html", form, context)
    try:
        done = actions.submit(claim=held, given=form.given(), files=form.attached(), by=actor, at=request.now)
    except Refused as refused:
        if refused.refusal == no.ALREADY_ANSWERED:
            messages.info(request, sentence(refused.refusal))
            return redirect("tasks:answer", task_id, claim_id)
        form.add_refusal(refused.refusal)
        keep_files(request, form)
        return render(request, "tasks/work.html", {**context, "form": form}, status=refused.refusal.status)
    if done.status == Claim.Status.APPROVED:
        paid = {"amount": written.yen(context["answer"].worker_receives_yen)}
        return back(held.task, request, _("Your answer is approved: %(amount)s is yours.") % paid)
    return back(held.task, request, _("Your answer is handed in. You are told when it is approved."))


@login_required
@require_POST
def giving_back(request: HttpRequest, task_id: int, claim_id: int) -> HttpResponse:
    """The place is free for others again."""
    held = _own_claim(request, task_id, claim_id)
    try:
        actions.give_back(claim=held, by=actor_of(request), at=request.now)
    except Refused as refused:
        return refused_back(held.task, request, refused.refusal)
    return back(held.task, request, _("You have given the place back. Nothing is counted against you."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, task_id: int, claim_id: int) -> HttpResponse:
    """Object to a rejection, saying why."""
    rejected = _own_claim(request, task_id, claim_id)
    context = {**figures(request, rejected.task), "claim": rejected}
    if request.method != "POST":
        if refusal := policy.can_appeal(actor_of(request), rejected, request.now):
            return refused_page(request, "tasks/appeal.html", context, refusal)
        return render(request, "tasks/appeal.html", {**context, "form": AppealForm()})
    form = AppealForm(request.POST)
    if not form.is_valid():
        return keep_form(request, "tasks/appeal.html", form, context)
    try:
        actions.appeal(claim=rejected, text=form.cleaned_data["text"], by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "tasks/appeal.html", form, context, refused.refusal)
    messages.success(request, _("Your objection has arrived. The operator decides."))
    return redirect("tasks:answer", task_id, claim_id)


@login_required
@require_POST
def acceptance_of_rejection(request: HttpRequest, task_id: int, claim_id: int) -> HttpResponse:
    """Leave it at that."""
    rejected = _own_claim(request, task_id, claim_id)
    try:
        actions.accept_rejection(claim=rejected, by=actor_of(request), at=request.now)
    except Refused as refused:
        messages.warning(request, sentence(refused.refusal))
    return redirect("tasks:answer", task_id, claim_id)


TABS = (
    ("", ()),
    ("reserved", (Claim.Status.RESERVED,)),
    ("submitted", (Claim.Status.SUBMITTED,)),
    ("approved", (Claim.Status.APPROVED,)),
    ("rejected", (Claim.Status.REJECTED, Claim.Status.APPEALED, Claim.Status.REFUSED)),
)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own answers, the newest first."""
    tab = request.GET.get("tab", "")
    statuses = dict(TABS).get(tab, ())
    page = queries.my_claims_page(actor_of(request), statuses=statuses, after=request.GET.get("after", ""))
    labels = {
        "": _("All"),
        "reserved": _("Being worked on"),
        "submitted": _("Waiting for approval"),
        "approved": _("Approved"),
        "rejected": _("Not approved"),
    }
    tabs = [(labels[name], f"?tab={name}" if name else "?", name == tab) for name, _statuses in TABS]
    return render(request, "tasks/mine.html", {"page": page, "tabs": tabs})
