"""The client approves line by line; the worker answers what was sent back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.hourly import actions, policy, queries
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.web.pages.hourly.forms import AnswerForm, ReviewForm, moment_at
from nakadachi.web.pages.hourly.sight import line_of
from nakadachi.web.pages.hourly.views.common import back, context_of, refused, week_of
from nakadachi.web.ui.answers import actor_of, keep_form

REVIEW, ANSWER = "hourly/review.html", "hourly/answer.html"
Decision = TimeEntry.Decision


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, contract_id: int, week_id: int) -> HttpResponse:
    """Every line with a box and a reason; lines without one are approved."""
    week = week_of(request, contract_id, week_id)
    actor = actor_of(request)
    entries = [one for one in week.entries.all() if one.counts and one.decision == Decision.NONE]
    is_last = week.status == WorkWeek.Status.ANSWERED
    may_claim = is_last and policy.can_claim(actor, week) is None
    context = context_of(request, week, traced=queries.traced(week), is_last=is_last, may_claim=may_claim)
    if request.method != "POST":
        refusal = policy.can_review(actor, week, request.now)
        form = ReviewForm(entries=entries)
        if refusal:
            return refused(request, REVIEW, context, refusal)
        return render(request, REVIEW, {**context, "form": form, "rows": _review_rows(form, week, request)})
    form = ReviewForm(request.POST, entries=entries)
    form.is_valid()
    try:
        after = actions.review(week=week, returned=form.returned(), by=actor, at=request.now)
    except Refused as problem:
        rows = {"rows": _review_rows(form, week, request)}
        return keep_form(request, REVIEW, form, {**context, **rows}, problem.refusal)
    has_others = len(form.returned()) < len(entries)
    return back(request, week, _said(after, holds_money=week.engagement.holds_money, has_others=has_others))


def _said(week: WorkWeek, *, holds_money: bool, has_others: bool) -> str:
    if week.status == WorkWeek.Status.RETURNED:
        if not has_others:
            return _("All lines were sent back with your reasons. Nothing is approved yet.")
        if holds_money:
            return _("The lines were sent back with your reasons. All others are approved and paid.")
        return _("The lines were sent back with your reasons. All others are approved; paid is the whole.")
    if holds_money or not week.is_owed:
        return _("The week is approved, and the reward is confirmed.")
    return _("The week is approved. The reward is confirmed once you have paid for it.")


def _review_rows(form: ReviewForm, week: WorkWeek, request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "line": line_of(entry, week, request.now),
            "back": form[f"back_{entry.pk}"],
            "reason": form[f"reason_{entry.pk}"],
        }
        for entry in form.entries
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, contract_id: int, week_id: int) -> HttpResponse:
    """Every line that was sent back, with its reason and three ways to answer."""
    week = week_of(request, contract_id, week_id)
    actor = actor_of(request)
    entries = [one for one in week.entries.all() if one.decision == Decision.RETURNED]
    context = context_of(request, week, traced=queries.traced(week))
    if request.method != "POST":
        refusal = policy.can_answer(actor, week, request.now)
        form = AnswerForm(entries=entries)
        if refusal:
            return refused(request, ANSWER, context, refusal)
        return render(request, ANSWER, {**context, "form": form, "rows": _answer_rows(form, week, request)})
    form = AnswerForm(request.POST, entries=entries)
    rows = {"rows": _answer_rows(form, week, request)}
    if not form.is_valid():
        return keep_form(request, ANSWER, form, {**context, **rows})
    try:
        actions.answer(week=week, answers=_answers(form), by=actor, at=request.now)
    except Refused as problem:
        return keep_form(request, ANSWER, form, {**context, **rows}, problem.refusal)
    return back(request, week, _("Your answers are with the client now."))


def _answer_rows(form: AnswerForm, week: WorkWeek, request: HttpRequest) -> list[dict[str, Any]]:
    names = ("way", "text", "started", "ended")
    return [
        {
            "line": line_of(entry, week, request.now),
            **{name: form[f"{name}_{entry.pk}"] for name in names},
        }
        for entry in form.entries
    ]


def _answers(form: AnswerForm) -> dict[int, actions.Answer]:
    return {entry.pk: _answer(form.cleaned_data, entry) for entry in form.entries}


def _answer(data: dict[str, Any], entry: TimeEntry) -> actions.Answer:
    way, text = data[f"way_{entry.pk}"], data[f"text_{entry.pk}"]
    if way == "drop":
        return actions.Answer(drop=True)
    start, end = data[f"started_{entry.pk}"], data[f"ended_{entry.pk}"]
    if way != "correct" or start is None or end is None:
        return actions.Answer(text=text)
    day = jst_date(entry.started_at)
    return actions.Answer(text=text, started_at=moment_at(day, start), ended_at=moment_at(day, end))
