"""The page of a closed account, for whoever has its link: undo it while there is time, fetch the receipt after that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nakadachi.closing import actions, policy, queries
from nakadachi.closing.models import Closing
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused

PAGE = "leaving/afterwards.html"


@require_safe
def afterwards(request: HttpRequest, token: str) -> HttpResponse:
    """How far it is. Says nothing about the member that the link does not."""
    closing = queries.closing_of_token(token)
    if closing.status == Closing.Status.RESERVED:
        return redirect("leaving:overview")
    return render(request, PAGE, {"closing": closing, "token": token, "can_undo": _can_undo(request, closing)})


@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """One press: the link is the proof, as it came by mail and is shown to nobody else."""
    closing = queries.closing_of_token(token)
    try:
        actions.undo(closing=closing, by=Actor.member(closing.member_id), at=request.now)
    except Refused as refused:
        context = {"closing": closing, "token": token, "refusal": refused.refusal}
        return render(request, PAGE, context, status=refused.refusal.status)
    messages.success(request, _("Leaving is undone. Please log in: everything is as it was before."))
    return redirect("account_login")


def _can_undo(request: HttpRequest, closing: Closing) -> bool:
    return policy.can_undo(Actor.member(closing.member_id), closing, request.now) is None
