"""継続: one button that offers the same again to the same worker."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions
from nakadachi.web.pages.contracts.views.common import contract_of
from nakadachi.web.ui.answers import actor_of, sentence


@login_required
@require_POST
def reorder(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Offer it; the worker reads the terms and answers. Pressed twice it is one offer."""
    contract = contract_of(request, contract_id)
    try:
        made = actions.reorder(contract=contract, request_key=_key(request), by=actor_of(request), at=request.now)
    except Refused as refused:
        messages.warning(request, sentence(refused.refusal))
        return redirect("contracts:detail", contract.pk)
    messages.success(request, _("You offered the same again. It begins once the worker confirms it."))
    return redirect("contracts:detail", made.pk)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("request_key", ""))
    except ValueError:
        return uuid4()
