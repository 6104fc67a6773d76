"""Jobs as the cards of a list: one figure on the right, the facts under it."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nakadachi.kernel.money import Yen
from nakadachi.market.jobs.categories import CATEGORIES
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import queries as proposals
from nakadachi.market.tasks import queries as tasks
from nakadachi.money import rulebook
from nakadachi.web.ui.drawing import drawn
from nakadachi.web.ui.figures import days_left, per, yen
from nakadachi.web.ui.parts import JobCard

EXCERPT_LENGTH = 110
CARDS_KEPT = 2_000
"""Addresses and quotes that a process remembers."""


def span(low_yen: int, high_yen: int, format: str) -> str:
    """`¥10,000 〜 ¥30,000`, or one figure; with its unit, `¥1,500 〜 ¥2,000 / 時間`."""
    return per(yen(low_yen) if low_yen == high_yen else f"{yen(low_yen)} 〜 {yen(high_yen)}", format)


def budget_of(job: Job) -> str:
    """What the client means to pay, per unit of the job's way of working."""
    return span(job.budget_min_yen, job.budget_max_yen, job.format)


def rate(sen: int) -> str:
    """150 sen are ¥1.5."""
    return "¥" + f"{sen / 100:.2f}".rstrip("0").rstrip(".")


def flags(job: Job) -> list[str]:
    """How much of it, and the promises of a posting that people filter by."""
    said = [
        (job.no_experience_ok, _("No experience needed")),
        (job.beginner_welcome, _("Beginners welcome")),
        (job.continuing, _("Continuing work")),
    ]
    chips = [text for holds, text in said if holds]
    if job.hours_per_week:
        chips.insert(0, _("About %(hours)s hours a week") % {"hours": job.hours_per_week})
    if job.month_scope:
        chips.insert(0, _("A month: %(scope)s") % {"scope": job.month_scope})
    if job.char_rate_sen:
        chips.append(_("%(rate)s a character") % {"rate": rate(job.char_rate_sen)})
    return chips


def cards(jobs: Iterable[Job], *, on: date, now: datetime) -> list[SafeString]:
    """The drawn cards of a page of jobs; their proposals are counted in one query, and tasks are asked for whom they
    are in one."""
    jobs = list(jobs)
    counted = proposals.counts(job.pk for job in jobs)
    certified = tasks.certified_only_among([job.pk for job in jobs if not job.by_proposal])
    return [
        drawn("ui/job_card.html", job=_card(job, counted.get(job.pk, 0), job.pk in certified, on, now)) for job in jobs
    ]


def _card(job: Job, proposals_count: int, certified_only: bool, on: date, now: datetime) -> JobCard:
    for_whom = (_("Certified only"),) if certified_only else ()
    return JobCard(
        title=job.title,
        href=_address(job.pk, job.by_proposal),
        category=str(Job.Format(job.format).label),
        chips=(str(CATEGORIES[job.category]), *for_whom, *flags(job)),
        budget=budget_of(job),
        receives=span(
            _receives_yen(job.format, job.budget_min_yen, on),
            _receives_yen(job.format, job.budget_max_yen, on),
            job.format,
        ),
        excerpt=excerpt(job.description),
        deadline=days_left(job.closes_on, now),
        proposals_count=proposals_count if job.by_proposal else None,
        client_facts=_("Client: %(name)s") % {"name": job.client.display_name},
        state="" if job.is_open else str(job.get_status_display()),
    )


@lru_cache(maxsize=CARDS_KEPT)
def _address(job_id: int, by_proposal: bool) -> str:
    return reverse("jobs:detail" if by_proposal else "tasks:detail", args=[job_id])


@lru_cache(maxsize=CARDS_KEPT)
def _receives_yen(format: str, amount_yen: Yen, on: date) -> Yen:
    return rulebook.quote(format=format, amount_yen=amount_yen, on=on).worker_receives_yen


def excerpt(description: str) -> str:
    """The beginning of a text on one line."""
    beginning = " ".join(description[: 3 * EXCERPT_LENGTH].split())
    return beginning if len(beginning) <= EXCERPT_LENGTH else f"{beginning[: EXCERPT_LENGTH - 1]}…"
