"""「退会」: what stands in the way, who must act, and until when."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.closing.obstacles import obstacles_of, over_by
from nakadachi.closing.talks import unanswered_inquiries
from nakadachi.web.pages.leaving.listing import lists_of


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that is still open, the member's own turn first, and what happens with the data afterwards."""
    obstacles = obstacles_of(request.user, request.now)
    context = {
        "lists": lists_of(obstacles),
        "count": len(obstacles),
        "mine_count": sum(obstacle.who == "you" for obstacle in obstacles),
        "over_by": over_by(obstacles),
        "inquiries": unanswered_inquiries(request.user),
    }
    return render(request, "leaving/overview.html", context)
