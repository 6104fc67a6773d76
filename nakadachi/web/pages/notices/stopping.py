"""Out of the mails of one group, by the link in the mail: without logging in, and in one step for mail programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import NotVisible
from nakadachi.notifications.groups import Group
from nakadachi.notifications.letters import read_stop
from nakadachi.notifications.preferences import stop_mails


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it explains, sending it stops. The signature in the address is the permission (RFC 8058)."""
    found = read_stop(token)
    if found is None:
        raise NotVisible
    member_id, group = found
    is_done = request.method == "POST" and stop_mails(member_id=member_id, group=group)
    return render(request, "notices/stop.html", {"group": Group(group).label, "is_done": is_done})
