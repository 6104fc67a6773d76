"""One week: its times as table and picture, and the report."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.market.hourly import actions, policy, queries
from nakadachi.web.pages.hourly.views.common import back, context_of, refused, week_of
from nakadachi.web.ui.answers import actor_of

REPORT = "hourly/report.html"


@login_required
@require_safe
def page(request: HttpRequest, contract_id: int, week_id: int) -> HttpResponse:
    """The week as both sides see it."""
    week = week_of(request, contract_id, week_id)
    actor = actor_of(request)
    context = context_of(
        request,
        week,
        traced=queries.traced(week),
        may_add=policy.can_record(actor, week, week.engagement) is None,
        may_claim=policy.can_claim(actor, week) is None,
        may_report=policy.can_report(actor, week, week.entries.all(), request.now) is None,
    )
    return render(request, "hourly/week.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, contract_id: int, week_id: int) -> HttpResponse:
    """Looked through once more, then reported: once a week."""
    week = week_of(request, contract_id, week_id)
    context = context_of(request, week, traced=queries.traced(week), is_over=request.now >= week.ends_at)
    if request.method == "POST":
        try:
            actions.report(week=week, by=actor_of(request), at=request.now)
        except Refused as problem:
            return refused(request, REPORT, context, problem.refusal)
        return back(request, week, _("The week is reported. The client looks at it now."))
    refusal = policy.can_report(actor_of(request), week, week.entries.all(), request.now)
    return refused(request, REPORT, context, refusal) if refusal else render(request, REPORT, context)
