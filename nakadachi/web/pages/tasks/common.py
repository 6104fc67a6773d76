"""What the pages of a task share: finding it, its figures, and answering a button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.tasks import eligibility, fields, pricing, queries
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money import rulebook
from nakadachi.people.standing.queries import certified_count
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.ui.answers import actor_of, sentence
from nakadachi.web.ui.figures import yen
from nakadachi.web.ui.parts import FileLink


def own_task(request: HttpRequest, task_id: int) -> Task:
    """A task of the reader's own."""
    return queries.own_task_for(actor_of(request), task_id)


def figures(request: HttpRequest, task: Task) -> dict[str, Any]:
    """What an answer pays and an hour of it, what all of them cost, and who may answer."""
    on = jst_date(request.now)
    terms = pricing.terms_of(task, on)
    answer = pricing.answer_of(task, on)
    return {
        "task": task,
        "job": task.job,
        "answer": answer,
        "sum_quote": terms,
        "hourly_yen": pricing.hourly_yen(answer.worker_receives_yen, task.minutes),
        "has_conditions": eligibility.has_conditions(task),
        "approve_days": (task.rules if task.terms else rulebook.current().tasks).answer_approve_days,
        "rate_percent": task.approval_bps_min // 100 if task.approval_bps_min is not None else None,
        "certified": _certified(request, task) if task.certified_only else "",
    }


def _certified(request: HttpRequest, task: Task) -> str:
    """Whom it is for; its client also reads how many these are."""
    is_own = request.user.pk == task.client_id
    return certified_now(certified_count(without=task.client_id)) if is_own else _("Certified members")


def going_back(task: Task, undecided: int) -> str:
    """What the client of a task that is closed, or is about to be, gets back, and when. Nothing is promised while the
    card company decides on a dispute."""
    if task.hold is None or task.hold.status != "funded":
        return ""
    least_yen, most_yen = pricing.refund_range_yen(task.hold, undecided)
    if not undecided:
        return _("%(yen)s goes back to your card.") % {"yen": yen(most_yen)}
    said = ngettext(
        "%(count)s place is not decided yet. When it is, %(least)s (if it is approved) or %(most)s (if it is not) goes"
        " back to your card.",
        "%(count)s places are not decided yet. When all are, between %(least)s (if all are approved) and %(most)s (if"
        " none is) goes back to your card.",
        undecided,
    )
    return said % {"count": f"{undecided:,}", "least": yen(least_yen), "most": yen(most_yen)}


def certified_now(count: int) -> str:
    """How many could answer a task for certified members: there may be none."""
    return _("Certified members (%(count)s at present)") % {"count": f"{count:,}"}


def shown(claim: Claim, stored: dict[int, StoredFile]) -> list[tuple[str, str, list[FileLink]]]:
    """The questions with what was answered: the text, or the files."""
    rows: list[tuple[str, str, list[FileLink]]] = []
    for field in claim.task.form:
        answer = claim.answers.get(field.key, "")
        if field.kind == fields.FILE:
            rows.append((field.label, "", links_of([stored[key] for key in answer if key in stored])))
        else:
            rows.append((field.label, "\n".join(answer) if isinstance(answer, list) else answer, []))
    return rows


def back(task: Task, request: HttpRequest, text: str, *, level: int = messages.SUCCESS) -> HttpResponse:
    """To the task's page, saying what was done."""
    messages.add_message(request, level, text)
    return redirect("tasks:detail", task.pk)


def refused_back(task: Task, request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """To the task's page, saying why not."""
    return back(task, request, sentence(refusal), level=messages.WARNING)


def refused_page(request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal) -> HttpResponse:
    """The page again, with the sentence above and the status of the refusal."""
    return render(request, template, {**context, "refusal": refusal}, status=refusal.status)
