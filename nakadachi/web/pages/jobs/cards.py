"""Jobs as the cards of a list: one figure on the right, the facts under it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nakadachi.market.jobs import queries
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import queries as proposals
from nakadachi.web.ui.figures import days_left, yen
from nakadachi.web.ui.parts import JobCard

EXCERPT_LENGTH = 110


def span(low_yen: int, high_yen: int) -> str:
    """`¥10,000 〜 ¥30,000`, or one figure."""
    return yen(low_yen) if low_yen == high_yen else f"{yen(low_yen)} 〜 {yen(high_yen)}"


def rate(sen: int) -> str:
    """150 sen are ¥1.5."""
    return "¥" + f"{sen / 100:.2f}".rstrip("0").rstrip(".")


def flags(job: Job) -> list[str]:
    """The promises of a posting that people filter by."""
    said = [
        (job.no_experience_ok, _("No experience needed")),
        (job.beginner_welcome, _("Beginners welcome")),
        (job.continuing, _("Continuing work")),
    ]
    chips = [text for holds, text in said if holds]
    if job.char_rate_sen:
        chips.append(_("%(rate)s a character") % {"rate": rate(job.char_rate_sen)})
    return chips


def cards(jobs: Iterable[Job], *, on: date, now: datetime) -> list[JobCard]:
    """Cards for a page of jobs; their proposals are counted in one query."""
    jobs = list(jobs)
    counted = proposals.counts(job.pk for job in jobs)
    return [_card(job, counted.get(job.pk, 0), on, now) for job in jobs]


def _card(job: Job, proposals_count: int, on: date, now: datetime) -> JobCard:
    quotes = queries.quotes_for(job, on)
    return JobCard(
        title=job.title,
        href=reverse("jobs:detail", args=[job.pk]),
        category=job.get_format_display(),
        chips=(str(job.get_category_display()), *flags(job)),
        budget=span(job.budget_min_yen, job.budget_max_yen),
        receives=span(quotes.low.worker_receives_yen, quotes.high.worker_receives_yen),
        excerpt=Truncator(" ".join(job.description.split())).chars(EXCERPT_LENGTH),
        deadline=days_left(job.closes_on, now),
        proposals_count=proposals_count,
        client_facts=_("Client: %(name)s") % {"name": job.client.display_name},
        state="" if job.is_open else str(job.get_status_display()),
    )
