"""仕事管理: what is proposed, running, waiting for inspection, and done, on both sides."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.market.contracts.queries import Side
from nakadachi.web.pages.contracts.lists import TABS, tab_of
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    """One tab of the four, of one side or both; an unknown one is the running work."""
    asked = request.GET.get("tab", "")
    tab = next((known for known in TABS if known == asked), "running")
    wanted = request.GET.get("side", "")
    side: Side | None = "client" if wanted == "client" else "worker" if wanted == "worker" else None
    found = tab_of(actor_of(request), tab, side=side, after=request.GET.get("after", ""), now=request.now)
    return render(request, "contracts/list.html", {"tab": tab, "side": side or "", **found})
