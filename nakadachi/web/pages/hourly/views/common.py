"""Finding things, and going back with a word."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nakadachi.kernel.refusal import Refusal
from nakadachi.market.hourly import queries
from nakadachi.market.hourly.minutes import HOUR
from nakadachi.market.hourly.models import Engagement, WorkWeek
from nakadachi.web.pages.hourly.sight import claim_calls, rate_now, week_sight
from nakadachi.web.ui.answers import actor_of


def engagement_of(request: HttpRequest, contract_id: int) -> Engagement:
    """The hours of a contract, if this member may see them."""
    return queries.engagement_for(actor_of(request), contract_id)


def week_of(request: HttpRequest, contract_id: int, week_id: int) -> WorkWeek:
    """The week, at its own address only."""
    return queries.week_for(actor_of(request), contract_id, week_id)


def context_of(request: HttpRequest, week: WorkWeek, **more: Any) -> dict[str, Any]:
    """What every page about one week shows."""
    engagement = week.engagement
    sight = week_sight(week, viewer_id=request.user.pk, now=request.now)
    claimed = claim_calls([week])
    return {
        **contract_context(request, engagement),
        "sight": replace(sight, call=claimed[0]) if claimed else sight,
        "week": week,
        **more,
    }


def contract_context(request: HttpRequest, engagement: Engagement, **more: Any) -> dict[str, Any]:
    """What every page about the contract shows."""
    contract = engagement.contract
    return {
        "engagement": engagement,
        "contract": contract,
        "side": "client" if contract.client_id == request.user.pk else "worker",
        "other": contract.other_side(request.user.pk),
        "rate_yen": rate_now(engagement, request.now),
        "hours": engagement.weekly_minutes // HOUR,
        **more,
    }


def back(request: HttpRequest, week: WorkWeek, text: str) -> HttpResponse:
    """To the week's page, saying what was done."""
    messages.success(request, text)
    return redirect("hourly:week", week.engagement.contract_id, week.pk)


def refused(request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal) -> HttpResponse:
    """The page with the refusal instead of its form."""
    return render(request, template, {**context, "refusal": refusal}, status=refusal.status)
