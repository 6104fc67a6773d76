"""What waits for the operator, with the page that deals with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nakadachi.kernel.calendar import jst_date
from nakadachi.money.payouts import queries as payouts
from nakadachi.web.staff.guard import operators_only


@operators_only
def home(request: HttpRequest) -> HttpResponse:
    """Counts of what waits."""
    today = jst_date(request.now)
    closes_on, _pays_on = payouts.latest_closing(today)
    context = {
        "counts": payouts.counts(),
        "upcoming": payouts.upcoming(today),
        "is_closed": payouts.is_closed(closes_on),
    }
    return render(request, "staff_home/home.html", context)
