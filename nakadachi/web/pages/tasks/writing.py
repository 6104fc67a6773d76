"""A client writes a task: its figures first, then its questions one by one; a draft is thrown away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.tasks import actions, policy
from nakadachi.market.tasks.fields import Field
from nakadachi.market.tasks.models import Task
from nakadachi.people.standing.queries import certified_count
from nakadachi.web.pages.tasks.common import figures, own_task, refused_back
from nakadachi.web.pages.tasks.forms import KINDS, AnswerForm, QuestionForm, TaskForm
from nakadachi.web.ui.answers import actor_of, keep_form

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@METHODS
def new(request: HttpRequest) -> HttpResponse:
    """A new draft, kept before its questions are written."""
    if request.method != "POST":
        return render(request, "tasks/form.html", {"form": _form(request)})
    form = _form(request, request.POST)
    if not form.is_valid():
        return keep_form(request, "tasks/form.html", form, {})
    key = form.cleaned_data["request_key"]
    try:
        task = actions.write(
            client=request.user, draft=form.draft(), request_key=key, by=actor_of(request), at=request.now
        )
    except Refused as refused:
        return keep_form(request, "tasks/form.html", form, {}, refused.refusal)
    return redirect("tasks:questions", task.pk)


@login_required
@METHODS
def edit(request: HttpRequest, task_id: int) -> HttpResponse:
    """Other figures and texts for a draft."""
    task = own_task(request, task_id)
    if refusal := policy.can_edit(actor_of(request), task):
        return refused_back(task, request, refusal)
    context = {"task": task}
    if request.method != "POST":
        initial = TaskForm.initial_of(task)
        return render(request, "tasks/form.html", {**context, "form": _form(request, initial=initial)})
    form = _form(request, request.POST)
    if not form.is_valid():
        return keep_form(request, "tasks/form.html", form, context)
    try:
        actions.change(task=task, draft=form.draft(), by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "tasks/form.html", form, context, refused.refusal)
    return redirect("tasks:questions", task.pk)


def _form(request: HttpRequest, *given: Any, **more: Any) -> TaskForm:
    """Says how many could answer if it were for certified members only."""
    return TaskForm(*given, certified_count=certified_count(without=request.user.pk), **more)


@login_required
@METHODS
def questions(request: HttpRequest, task_id: int) -> HttpResponse:
    """All questions as they will be asked; a new one is added at the end."""
    task = own_task(request, task_id)
    if refusal := policy.can_edit(actor_of(request), task):
        return refused_back(task, request, refusal)
    form = QuestionForm(request.POST or None, initial={"kind": "short", "required": True})
    context = {**figures(request, task), "questions": _named(task), "preview": AnswerForm(task.form), "kinds": KINDS}
    if request.method != "POST":
        return render(request, "tasks/questions.html", {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, "tasks/questions.html", form, context)
    try:
        actions.add_question(task=task, field=form.question(), by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "tasks/questions.html", form, context, refused.refusal)
    messages.success(request, _("The question is added."))
    return redirect("tasks:questions", task.pk)


def _named(task: Task) -> list[tuple[Field, object]]:
    return [(field, KINDS[field.kind]) for field in task.form]


@login_required
@METHODS
def question(request: HttpRequest, task_id: int, key: str) -> HttpResponse:
    """One question, to be worded in another way."""
    task = own_task(request, task_id)
    field = next((field for field in task.form if field.key == key), None)
    if field is None:
        raise NotVisible
    if refusal := policy.can_edit(actor_of(request), task):
        return refused_back(task, request, refusal)
    context = {"task": task, "job": task.job, "field_key": key}
    if request.method != "POST":
        return render(
            request, "tasks/question.html", {**context, "form": QuestionForm(initial=QuestionForm.initial_of(field))}
        )
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return keep_form(request, "tasks/question.html", form, context)
    try:
        actions.change_question(task=task, field=form.question(key), by=actor_of(request), at=request.now)
    except Refused as refused:
        return keep_form(request, "tasks/question.html", form, context, refused.refusal)
    return redirect("tasks:questions", task.pk)


@login_required
@require_POST
def question_removal(request: HttpRequest, task_id: int, key: str) -> HttpResponse:
    """Take a question out."""
    return _with_question(request, task_id, key, actions.remove_question)


@login_required
@require_POST
def question_up(request: HttpRequest, task_id: int, key: str) -> HttpResponse:
    """Ask it one place earlier."""
    return _with_question(request, task_id, key, actions.raise_question)


def _with_question(request: HttpRequest, task_id: int, key: str, act: Callable[..., Task]) -> HttpResponse:
    task = own_task(request, task_id)
    try:
        act(task=task, key=key, by=actor_of(request), at=request.now)
    except Refused as refused:
        return refused_back(task, request, refused.refusal)
    return redirect("tasks:questions", task.pk)


@login_required
@require_POST
def removal(request: HttpRequest, task_id: int) -> HttpResponse:
    """Throw a draft away."""
    task = own_task(request, task_id)
    try:
        actions.discard(task=task, by=actor_of(request), at=request.now)
    except Refused as refused:
        return refused_back(task, request, refused.refusal)
    messages.success(request, _("The draft was thrown away."))
    return redirect("jobs:mine")
