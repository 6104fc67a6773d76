"""Fees with a calculator, the first steps, and the last."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.money import rulebook
from nakadachi.web.pages.help.figures import payout_runs, rates_of
from nakadachi.web.pages.help.forms import CalculatorForm
from nakadachi.web.ui.kept_pages import same_for_everybody

EXAMPLE_YEN = 10_000


@require_safe
@same_for_everybody
def fees(request: HttpRequest) -> HttpResponse:
    """The schedule in force, the ones before and after it, payouts, and what is left of any amount."""
    on = jst_date(request.now)
    book = rulebook.current()
    in_force = book.schedule(on)
    asked = "amount" in request.GET
    form = CalculatorForm(request.GET) if asked else CalculatorForm(initial={"amount": EXAMPLE_YEN})
    closes_on, pays_on = rulebook.payout_dates(on)
    context = {
        "form": form,
        "quote": _quote(form, on) if asked else rulebook.quote(format="project", amount_yen=EXAMPLE_YEN, on=on),
        "schedule": in_force,
        "rates": rates_of(in_force),
        "others": [(schedule, rates_of(schedule)) for schedule in book.fees if schedule is not in_force],
        "runs": payout_runs(book),
        "payout": book.payout,
        "transfer_fee_borne_by_us": not book.payout.worker_fee_yen(on, ""),
        "accepted_on": on,
        "closes_on": closes_on,
        "pays_on": pays_on,
    }
    return render(request, "help/fees.html", context)


def _quote(form: CalculatorForm, on: Any) -> rulebook.Quote | None:
    if not form.is_valid():
        return None
    try:
        return rulebook.quote(format=form.cleaned_data["format"], amount_yen=form.cleaned_data["amount"], on=on)
    except rulebook.NoRule:
        form.add_error("format", _("This way of working has no fees here. Please choose another one."))
        return None


@require_safe
@same_for_everybody
def guide(request: HttpRequest) -> HttpResponse:
    """The way of a project, step by step, with the waiting times and limits of the running market."""
    on = jst_date(request.now)
    book = rulebook.current()
    quote = rulebook.quote(format="project", amount_yen=EXAMPLE_YEN, on=on)
    context = {
        "timers": book.timers,
        "payout": book.payout,
        "runs": payout_runs(book),
        "quote": quote,
        "accepted_on": on,
        "pays_on": rulebook.payout_dates(on)[1],
    }
    return render(request, "help/guide.html", context)


@require_safe
@same_for_everybody
def leaving(request: HttpRequest) -> HttpResponse:
    """退会, step by step: what ends by itself and when, with the waiting times of the running market."""
    book = rulebook.current()
    context = {name: getattr(book, name) for name in ("timers", "tasks", "hourly", "monthly", "silence", "leaving")}
    return render(request, "help/leaving.html", context)
