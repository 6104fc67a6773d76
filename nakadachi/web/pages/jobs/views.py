"""What everybody may read: the list of open jobs, and one job with the money of both sides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nakadachi.closing.gone import refuse_strangers
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.jobs import places, policy, queries
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import policy as sourcing
from nakadachi.market.sourcing import queries as proposals
from nakadachi.money import rulebook
from nakadachi.people.standing.policy import BLOCKED
from nakadachi.people.standing.queries import confirmed
from nakadachi.search.queries import find
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.pages.help.figures import payout_runs
from nakadachi.web.pages.jobs import structured
from nakadachi.web.pages.jobs.cards import budget_of, cards, excerpt, flags
from nakadachi.web.pages.jobs.forms import SORTS, SearchForm
from nakadachi.web.ui.kept_pages import same_for_everybody

FILTERS = (
    "category",
    "format",
    "min_yen",
    "max_yen",
    "no_experience_ok",
    "beginner_welcome",
    "continuing",
    "char_rate",
)


@require_safe
@same_for_everybody
def index(request: HttpRequest) -> HttpResponse:
    """Search, filter, sort; the address is the whole question and may be passed on."""
    form = SearchForm(request.GET)
    form.is_valid()
    on = jst_date(request.now)
    query = form.query()
    found = find(query, on=on, after=request.GET.get("after", ""))
    context = {
        "form": form,
        "page": found,
        "total": f"{found.total:,}",
        "jobs": cards(found.rows, on=on, now=request.now),
        "sorts": _sorts(request, query.sort, with_keyword=bool(form.keyword)),
        "used": sum(bool(request.GET.get(name)) for name in FILTERS),
    }
    return render(request, "jobs/list.html", context)


def _sorts(request: HttpRequest, chosen: str, *, with_keyword: bool) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is the one: each keeps the rest of the question."""
    links = []
    for sort, label in SORTS.items():
        if sort == "match" and not with_keyword:
            continue
        asked = request.GET.copy()
        asked.pop("after", None)
        asked["sort"] = sort
        links.append((label, f"?{asked.urlencode()}", sort == chosen))
    return links


@require_safe
@same_for_everybody
def detail(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job: what is to be done, under which conditions, and what both sides would pay and receive."""
    actor = Actor.member(request.user.pk) if request.user.is_authenticated else None
    job = queries.job_for(actor, job_id)
    refuse_strangers(actor, job.client, job.pk)
    if not job.by_proposal:
        return redirect("tasks:detail", job.pk)
    refusal = sourcing.can_propose(actor, job, request.now) if actor else None
    around = proposals.around(actor, job)
    context = {
        **contents(job, request),
        "category_href": f"{reverse('jobs:list')}?category={job.category}",
        "own": bool(actor and actor.is_member(job.client_id)),
        "proposal": around.own,
        "proposals_count": around.count,
        "waiting": around.waiting,
        "takes_proposals": policy.takes_proposals(job, request.now),
        "can_propose": refusal is None,
        "cannot_deal": refusal == BLOCKED,
        "confirmed": confirmed(job.client),
        "page_title": job.title,
        "page_description": excerpt(job.description),
        "structured": structured.posting(job) if job.is_open else None,
        **_places(job),
    }
    if actor and actor.is_member(job.client_id):
        context |= _for_its_client(actor, job, context["places_taken"], request)
    return render(request, "jobs/detail.html", context)


def _places(job: Job) -> dict[str, Any]:
    taken = places.taken(job.pk)
    return {"places_taken": taken, "places_left": max(job.hires_max - taken, 0)}


def _for_its_client(actor: Actor, job: Job, taken: int, request: HttpRequest) -> dict[str, Any]:
    """What the client can do with it now."""
    can_reopen = policy.can_reopen(actor, job, taken) is None
    return {
        "can_close": policy.can_close(actor, job) is None,
        "can_edit_open": job.is_open and policy.can_edit_open(actor, job) is None,
        "can_reopen": can_reopen,
        "can_undo": can_reopen and policy.may_undo_closing(job, request.now),
        "is_paused": policy.is_paused(job),
    }


def contents(job: Job, request: HttpRequest) -> dict[str, Any]:
    """What a posting says, for its page and for the last look before it is published."""
    on = jst_date(request.now)
    book = rulebook.current()
    return {
        "job": job,
        "quotes": queries.quotes_for(job, on),
        "budget": budget_of(job),
        "flags": flags(job),
        "files": links_of(queries.files_of(job)),
        "auto_accept_days": book.timers.auto_accept_days,
        "review_days": book.hourly.review_days,
        "runs": payout_runs(book),
    }
