"""The buttons of the list: each does its thing there and then, and answers with what is left."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, make_aware
from django.views.decorators.http import require_POST

from nakadachi.closing.remedies import REMEDIES, apply
from nakadachi.web.pages.leaving.views import settled, show
from nakadachi.web.ui.answers import actor_of

IDS_MAX = 200
"""Of one request; whoever wants all says `all`."""


@login_required
@require_POST
def remedy(request: HttpRequest, name: str) -> HttpResponse:
    """Do it to the things of `id`, or to all of the kind of obstacle that `all` names.

    With htmx the answer is the page as it is now, of which the list is put in place; so it is with a refusal.
    """
    if name not in REMEDIES:
        raise Http404
    ids = request.POST["all"] if "all" in request.POST else _ids(request)
    seen_at = _moment(request.POST.get("seen_at", ""))
    done = apply(name, ids, member=request.user, by=actor_of(request), at=request.now, seen_at=seen_at)
    request.user.refresh_from_db(fields=["is_operator"])  # a role that was just laid down is not in the list any more
    if answer := settled(request):
        return answer
    if done.refusals:
        return show(request, done, status=200 if "HX-Request" in request.headers else 409)
    return show(request, done) if "HX-Request" in request.headers else redirect("leaving:overview")


def _moment(given: str) -> datetime | None:
    """When the list was made in which the button stood."""
    try:
        moment = parse_datetime(given)
    except ValueError:
        return None
    return moment if moment is None or is_aware(moment) else make_aware(moment)


def _ids(request: HttpRequest) -> list[int]:
    given = request.POST.getlist("id")
    if not given or len(given) > IDS_MAX or not all(one.isascii() and one.isdigit() and len(one) < 19 for one in given):
        raise Http404
    return sorted({int(one) for one in given})
