"""連絡催促: what it means, until when the other side has time, and the button."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions, queries, silence
from nakadachi.money import rulebook
from nakadachi.web.pages.contracts.views.common import back, button_page, contract_of, refused_page
from nakadachi.web.ui.answers import actor_of
from nakadachi.web.ui.fields import RequestKeyField

PAGE = "contracts/nudge.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nudge(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Ask the silent side for a sign of life."""
    contract = contract_of(request, contract_id)
    actor = actor_of(request)
    rules = rulebook.current().silence
    due_at = request.now + timedelta(hours=rules.nudge_hours)
    context: dict[str, Any] = {"contract": contract, "other": contract.other_side(request.user.pk), "due_at": due_at}
    if request.method != "POST":
        refusal = silence.can_nudge(actor, contract, queries.milestones_of(contract), request.now)
        return button_page(request, PAGE, context, refusal)
    key: UUID = RequestKeyField().clean(request.POST.get("request_key", ""))
    try:
        actions.nudge(contract=contract, request_key=key, by=actor, at=request.now)
    except Refused as refused:
        return refused_page(request, PAGE, context, refused.refusal)
    return back(contract, request, _("The other side has been asked for a sign of life."))
