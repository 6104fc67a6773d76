"""The page of one contract."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.web.pages.contracts.sight import sight_for


@login_required
@require_safe
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Whose turn it is, until when, how much; then milestones, money and history."""
    sight = sight_for(request.user, contract_id, now=request.now)
    return render(request, "contracts/detail.html", {"sight": sight, "contract": sight.contract})
