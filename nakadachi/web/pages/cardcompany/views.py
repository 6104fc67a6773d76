"""The challenge: confirm, refuse, or go back without an answer. Over after ten minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.payments.gateways.sandbox import clockwork


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a card company, played. An answer leads back to the shop."""
    charge = clockwork.challenge_of(token)
    if charge is None:
        raise NotVisible
    if request.method != "POST":
        return render(request, "cardcompany/challenge.html", {"charge": charge})
    if request.POST.get("answer") in {"approve", "refuse"}:
        approve = request.POST["answer"] == "approve"
        clockwork.answer_challenge(token=token, approve=approve, at=request.now)
    return redirect(charge.return_url or "/")
