"""Times by hand: enter, look at what stood there, change, delete."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.hourly import actions, policy, queries
from nakadachi.market.hourly.billing import minutes_of
from nakadachi.market.hourly.weeks import days_of
from nakadachi.web.pages.hourly.forms import TimesForm
from nakadachi.web.pages.hourly.sight import line_of
from nakadachi.web.pages.hourly.views.common import back, context_of, refused, week_of
from nakadachi.web.pages.hourly.words import duration, times_of
from nakadachi.web.ui import figures
from nakadachi.web.ui.answers import actor_of, keep_form

NEW, ENTRY, DELETION = "hourly/entry_new.html", "hourly/entry.html", "hourly/entry_deletion.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, contract_id: int, week_id: int) -> HttpResponse:
    """A time entered by hand, marked as such."""
    week = week_of(request, contract_id, week_id)
    actor = actor_of(request)
    left = max(0, week.minutes_max - minutes_of(week.entries.all(), request.now))
    context = context_of(request, week, left=duration(left))
    if request.method != "POST":
        if refusal := policy.can_record(actor, week, week.engagement):
            return refused(request, NEW, context, refusal)
        today = jst_date(request.now)
        day = today if today in days_of(week.monday) else week.monday
        form = TimesForm(week=week, initial={"day": day.isoformat()})
        return render(request, NEW, {**context, "form": form})
    form = TimesForm(request.POST, week=week)
    if not form.is_valid():
        return keep_form(request, NEW, form, context)
    start, end = form.times()
    data = form.cleaned_data
    try:
        actions.add(
            week=week, started_at=start, ended_at=end, memo=data["memo"], request_key=data["request_key"],
            by=actor, at=request.now,
        )  # fmt: skip
    except Refused as problem:
        return keep_form(request, NEW, form, context, problem.refusal)
    return back(request, week, _("The time is entered, marked as entered by hand."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, contract_id: int, week_id: int, entry_id: int) -> HttpResponse:
    """A recorded time with everything that stood there before; its worker can change it until the report."""
    found = queries.entry_for(actor_of(request), contract_id, week_id, entry_id)
    week, actor = found.week, actor_of(request)
    may_change = policy.can_change(actor, found) is None
    traces = [
        {
            "kind": trace.get_kind_display(),
            "at": figures.day_and_time(trace.at),
            "times": f"{figures.short_day(trace.started_at)} {times_of(trace)}",
            "memo": trace.memo,
        }
        for trace in queries.traces_of(found)
    ]
    context = context_of(
        request, week, entry=found, line=line_of(found, week, request.now), traces=traces, may_change=may_change
    )
    if request.method != "POST":
        form = TimesForm(week=week, initial=TimesForm.initial_of(found)) if may_change else None
        return render(request, ENTRY, {**context, "form": form})
    form = TimesForm(request.POST, week=week)
    if not form.is_valid():
        return keep_form(request, ENTRY, form, context)
    start, end = form.times(found)
    try:
        actions.edit(
            entry=found, started_at=start, ended_at=end, memo=form.cleaned_data["memo"], by=actor, at=request.now
        )
    except Refused as problem:
        return keep_form(request, ENTRY, form, context, problem.refusal)
    return back(request, week, _("The time is changed. What stood there before stays readable for both sides."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: HttpRequest, contract_id: int, week_id: int, entry_id: int) -> HttpResponse:
    """Taking a line out, after a page that says what stays."""
    found = queries.entry_for(actor_of(request), contract_id, week_id, entry_id)
    week, actor = found.week, actor_of(request)
    context = context_of(request, week, entry=found, line=line_of(found, week, request.now))
    if request.method == "POST":
        try:
            actions.delete(entry=found, by=actor, at=request.now)
        except Refused as problem:
            return refused(request, DELETION, context, problem.refusal)
        return back(request, week, _("The line is deleted. Both sides can still read what stood there."))
    refusal = policy.can_change(actor, found)
    return refused(request, DELETION, context, refusal) if refusal else render(request, DELETION, context)
