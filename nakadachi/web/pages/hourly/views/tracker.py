"""The timer: start, still working, stop. The server's clock counts; the page only shows it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nakadachi.kernel.calendar import end_of_day, jst_date, start_of_day
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused
from nakadachi.market.hourly import actions, dates, policy, queries
from nakadachi.market.hourly.billing import minutes_of
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from nakadachi.money import rulebook
from nakadachi.web.pages.hourly.forms import MemoForm
from nakadachi.web.pages.hourly.sight import line_of
from nakadachi.web.pages.hourly.words import deadline, duration
from nakadachi.web.ui.answers import actor_of, sentence

PAGE = "hourly/tracker.html"


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The running timer, or what can be started, and the times of today."""
    return render(request, PAGE, _context(request, MemoForm()))


def _context(request: HttpRequest, form: MemoForm, refusal: Refusal | None = None) -> dict[str, Any]:
    now, actor = request.now, actor_of(request)
    today = jst_date(now)
    found = queries.tracker_for(actor, now, (start_of_day(today), end_of_day(today)))
    running = found.running
    asks_at = dates.asks_at(running.seen_at) if running and running.seen_at else now
    chosen = request.POST.get("contract") or request.GET.get("contract", "")
    choices = [_choice(request, engagement, week) for engagement, week in found.choices]
    return {
        "form": form,
        "refusal": refusal,
        "running": running,
        "elapsed": max(0, int((now - running.started_at).total_seconds())) if running else 0,
        "stops": deadline(running.stop_at) if running else "",
        "asks": bool(running and now >= asks_at),
        "asks_in": max(0, int((asks_at - now).total_seconds())),
        "hours_max": rulebook.current().hourly.timer_hours_max,
        "choices": choices,
        "chosen": chosen or next((str(choice["id"]) for choice in choices if not choice["refusal"]), ""),
        "can_start": any(not choice["refusal"] for choice in choices),
        "today": [line_of(entry, entry.week, now) for entry in found.today],
        "today_sum": duration(minutes_of(found.today, now)),
    }


def _choice(request: HttpRequest, engagement: Engagement, week: WorkWeek | None) -> dict[str, Any]:
    entries = list(week.entries.all()) if week else []
    refusal = policy.can_start(actor_of(request), week, engagement, entries, request.now)
    used = minutes_of(entries, request.now)
    return {
        "id": engagement.contract_id,
        "title": engagement.contract.title,
        "client": engagement.contract.client.display_name,
        "refusal": sentence(refusal) if refusal else "",
        "left": duration(max(0, week.minutes_max - used)) if week else "",
        "used": duration(used),
        "week": week,
        "holds_money": engagement.holds_money,
    }


@login_required
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin now, for one contract."""
    form = MemoForm(request.POST)
    contract_id = form.cleaned_data.get("contract") if form.is_valid() else None
    if not contract_id:
        form.add_error(None, _("Please choose the contract that you work for."))
        return render(request, PAGE, _context(request, form), status=422)
    engagement = queries.engagement_for(actor_of(request), contract_id)
    try:
        actions.start(
            engagement=engagement,
            memo=form.cleaned_data["memo"],
            request_key=form.cleaned_data["request_key"],
            by=actor_of(request),
            at=request.now,
        )
    except Refused as problem:
        context = _context(request, form, problem.refusal)
        return render(request, PAGE, context, status=problem.refusal.status)
    messages.success(request, _("The timer runs. You can close this page; the server counts."))
    return redirect("hourly:tracker")


@login_required
@require_POST
def stop(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Stop now; what was stopped by itself meanwhile stays as it is."""
    entry = _own(request, entry_id)
    form = MemoForm(request.POST)
    memo = form.cleaned_data["memo"] if form.is_valid() and "memo" in request.POST else None
    try:
        entry = actions.stop(entry=entry, memo=memo, by=actor_of(request), at=request.now)
    except Refused as problem:
        context = _context(request, form, problem.refusal)
        return render(request, PAGE, context, status=problem.refusal.status)
    if entry.cut:
        messages.info(request, _("The timer had stopped by itself. Please look at the time and correct it if needed."))
    else:
        messages.success(request, _("Stopped. The time is recorded."))
    return redirect("hourly:tracker")


@login_required
@require_POST
def sign(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Yes, still working."""
    try:
        actions.still_working(entry=_own(request, entry_id), by=actor_of(request), at=request.now)
    except Refused as problem:
        context = _context(request, MemoForm(), problem.refusal)
        return render(request, PAGE, context, status=problem.refusal.status)
    messages.success(request, _("Thank you. The timer goes on."))
    return redirect("hourly:tracker")


def _own(request: HttpRequest, entry_id: int) -> TimeEntry:
    entry = queries.own_entry_for(actor_of(request), entry_id)
    if entry.deleted_at is not None:
        raise NotVisible
    return entry
