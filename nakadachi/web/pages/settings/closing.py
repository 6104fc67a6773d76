"""「退会」: what stands in the way, who must act, and until when. Read-only for now."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import obstacles_of, over_by
from nakadachi.closing.talks import unanswered_inquiries

SHOWN_MAX = 100


@dataclass(frozen=True)
class Row:
    """One obstacle as the page shows it."""

    obstacle: Obstacle
    href: str
    who: str


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that is still open, the member's own turn first, and what happens with the data afterwards."""
    obstacles = obstacles_of(request.user, request.now)
    context = {
        "lists": _lists(obstacles[:SHOWN_MAX]),
        "count": len(obstacles),
        "hidden_count": max(len(obstacles) - SHOWN_MAX, 0),
        "mine_count": sum(obstacle.who == "you" for obstacle in obstacles),
        "over_by": over_by(obstacles),
        "inquiries": unanswered_inquiries(request.user),
    }
    return render(request, "settings/closing.html", context)


def _lists(obstacles: list[Obstacle]) -> list[tuple[str, list[Row]]]:
    """What the member can do, and what they wait for, each under its words; empty ones left out."""
    mine = [_row(obstacle) for obstacle in obstacles if obstacle.who == "you"]
    waiting = [_row(obstacle) for obstacle in obstacles if obstacle.who != "you"]
    lists = [(_("What you can do now"), mine), (_("What you wait for"), waiting)]
    return [(title, rows) for title, rows in lists if rows]


def _row(obstacle: Obstacle) -> Row:
    who = {
        "you": "",
        "other": _("The other side's turn"),
        "operator": _("We are on it"),
        "provider": _("The payment company is on it"),
        "card": _("The card company decides"),
    }
    return Row(obstacle, reverse(obstacle.page, args=obstacle.arguments), who[obstacle.who])
