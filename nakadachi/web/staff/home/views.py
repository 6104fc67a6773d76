"""What waits for the operator, with the page that deals with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.access.queries import is_trusted_operator
from nakadachi.people.roles import areas
from nakadachi.web.staff.guard import operators_only
from nakadachi.web.staff.home.queue import queue


@operators_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The queue of this role, and the next dates of the calendar."""
    console = request.console  # type: ignore[attr-defined]
    context = {"todos": queue(console)}
    if areas.PAYOUTS in console.areas:
        context |= {"counts": payouts.counts(), "upcoming": payouts.upcoming(jst_date(request.now))}
    return render(request, "staff_home/home.html", context)


@require_safe
def second_step(request: HttpRequest) -> HttpResponse:
    """Where operators without a second factor are led: the console opens once they have one."""
    if not (request.user.is_authenticated and request.user.is_operator):
        raise NotVisible
    if is_trusted_operator(request.user):
        return redirect("staff:home")
    return render(request, "staff_home/second_step.html")
