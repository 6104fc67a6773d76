"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.money import rulebook
from nakadachi.search.queries import JobQuery, find
from nakadachi.web.pages.help.figures import payout_runs, rates
from nakadachi.web.pages.jobs.cards import cards
from nakadachi.web.ui.kept_pages import same_for_everybody

NEWEST = 4
EXAMPLE_YEN = 10_000
WORDS = ("記事作成", "バナー", "データ入力", "動画編集")
"""Searches to begin with. They are words of the postings, so they stay Japanese."""


@require_safe
@same_for_everybody
def index(request: HttpRequest) -> HttpResponse:
    """Everything on it is read from the running market: jobs, fees, payout days."""
    on = jst_date(request.now)
    book = rulebook.current()
    found = find(JobQuery(), on=on, limit=NEWEST)
    context = {
        "jobs": cards(found.rows, on=on, now=request.now),
        "words": WORDS,
        "total": f"{found.total:,}",
        "quote": rulebook.quote(format="project", amount_yen=EXAMPLE_YEN, on=on),
        "rates": rates(book, on)[0],
        "runs": payout_runs(book),
        "accepted_on": on,
        "pays_on": rulebook.payout_dates(on)[1],
        "auto_accept_days": book.timers.auto_accept_days,
        "minimum_yen": book.payout.minimum_yen,
    }
    return render(request, "home/index.html", context)
