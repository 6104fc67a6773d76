"""What everybody may read: one task, what it asks, what it pays, and the button that takes a place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.closing.gone import refuse_strangers
from nakadachi.kernel.actor import Actor
from nakadachi.market.tasks import policy, queries
from nakadachi.market.tasks.models import Task
from nakadachi.people.standing.queries import confirmed
from nakadachi.web.pages.tasks.common import figures, going_back
from nakadachi.web.pages.tasks.forms import AnswerForm


@require_safe
def detail(request: HttpRequest, task_id: int) -> HttpResponse:
    """The task for whoever looks at it: a worker begins here, its client sees how it stands."""
    actor = Actor.member(request.user.pk) if request.user.is_authenticated else None
    task = queries.task_for(actor, task_id)
    refuse_strangers(actor, task.client, task.pk)
    own = actor is not None and actor.is_member(task.client_id)
    places = queries.places_of([task])[task.pk]
    context = {
        **figures(request, task),
        "places": places,
        "own": own,
        "confirmed": confirmed(task.client),
        "form": AnswerForm(task.form),
        "page_title": task.job.title,
        "closed": policy.closed_refusal(task, request.now),
    }
    if actor is not None:
        about = _for_its_client(actor, task, places, request) if own else _for_a_worker(actor, task, request)
        context |= about
    return render(request, "tasks/detail.html", context)


def _for_a_worker(actor: Actor, task: Task, request: HttpRequest) -> dict[str, Any]:
    """What the member can do here now, and what became of earlier answers."""
    assert actor.id is not None
    record = queries.record_of(actor.id) if task.approval_bps_min is not None else None
    earlier = queries.of_worker(task, actor.id)
    held = next((claim for claim in earlier if claim.status == "reserved"), None)
    used = sum(claim.status != "lapsed" for claim in earlier)
    return {
        "held": held,
        "earlier": [claim for claim in earlier if claim.submitted_at is not None],
        "rounds_left": max(task.repeats_max - used, 0),
        "claim_refusal": policy.can_claim(actor, task, request.now, record),
    }


def _for_its_client(actor: Actor, task: Task, places: queries.Places, request: HttpRequest) -> dict[str, Any]:
    """What the client can do with it now, and what of the money comes back."""
    return {
        "can_edit": policy.can_edit(actor, task) is None,
        "can_close": policy.can_close(actor, task) is None,
        "can_discard": policy.can_discard(actor, task) is None,
        "going_back": going_back(task, places.undecided) if task.status == Task.Status.CLOSED else "",
        "fund_refusal": policy.can_fund(actor, task, request.now) if task.status == Task.Status.DRAFT else None,
    }
