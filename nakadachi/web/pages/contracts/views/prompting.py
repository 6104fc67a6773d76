"""確認のお願い: one button beside whose turn it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions
from nakadachi.web.pages.contracts.views.common import back, contract_of
from nakadachi.web.ui.answers import actor_of, sentence
from nakadachi.web.ui.fields import RequestKeyField


@login_required
@require_POST
def prompt(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Send it; pressed twice it is sent once. A refusal says from when it can be sent."""
    contract = contract_of(request, contract_id)
    key = RequestKeyField().clean(request.POST.get("request_key", ""))
    try:
        actions.prompt(contract=contract, request_key=key, by=actor_of(request), at=request.now)
    except Refused as refused:
        return back(contract, request, sentence(refused.refusal), level=messages.WARNING)
    return back(contract, request, _("The other side was asked to look, on the site and by mail."))
