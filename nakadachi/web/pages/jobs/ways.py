"""Before a posting is written: which way of working fits, with what each costs."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.jobs.models import Job
from nakadachi.money import rulebook
from nakadachi.web.pages.help.figures import rates


@dataclass(frozen=True)
class Way:
    """One way of working: what it is in a sentence, when it fits, how it is paid, and the page that begins it."""

    format: Job.Format
    icon: str
    what: str | Promise
    fits: str | Promise
    paid: str | Promise
    address: str


WAYS = (
    Way(
        Job.Format.PROJECT,
        "briefcase",
        _("One piece of work for a price. You compare proposals and choose."),
        _("What is to be made and by when is clear: an article, a logo, a small system."),
        _("For the whole or by milestones, set aside before each begins."),
        "jobs:new_project",
    ),
    Way(
        Job.Format.TASK,
        "list",
        _("Many small answers from many people, first come first served. There is no selection."),
        _("Anybody can do it at once by a form: surveys, short texts, looking things up."),
        _("For each answer that you approve. The whole sum is set aside before it opens."),
        "tasks:new",
    ),
    Way(
        Job.Format.HOURLY,
        "clock",
        _("A rate per hour, and a limit of hours per week. The time is recorded."),
        _("How much there is to do changes from week to week: support, maintenance, research."),
        _(
            "For the recorded hours, week by week, set aside before each week begins; payment after approval can be"
            " chosen instead."
        ),
        "jobs:new_hourly",
    ),
    Way(
        Job.Format.MONTHLY,
        "calendar",
        _("A fixed sum per month for what is agreed: five articles, or ten hours."),
        _("The same work every month for a good while: running a blog, an account, a shop."),
        _("Month by month, set aside before each begins. It goes on until one side gives notice."),
        "jobs:new_monthly",
    ),
)


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The ways beside each other; each leads to its own form."""
    fees = {row.format: " / ".join(row.client) for row in rates(rulebook.current(), jst_date(request.now))}
    ways = [(way, href, fees[way.format]) for way in WAYS if way.format in fees and (href := _address(way))]
    return render(request, "jobs/ways.html", {"ways": ways})


def _address(way: Way) -> str:
    """Empty while the installation has no such page."""
    try:
        return reverse(way.address)
    except NoReverseMatch:
        return ""
