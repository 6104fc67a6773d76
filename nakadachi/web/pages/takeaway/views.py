"""The page of the archive, the button that asks for it, and the bytes."""

from typing import Any
from uuid import UUID, uuid4

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.closing.export import actions, policy, queries
from nakadachi.infra.files.actions import open_bytes, signed_address
from nakadachi.kernel.refusal import Refusal, Refused
from nakadachi.people.queries import member_for
from nakadachi.web.pages.files.handing import disposition, whole_or_part
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """How the last archive stands, and the button for a new one."""
    return _page(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.account", allow_get=True)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an archive, by somebody who has just proved who they are. Looked at, it leads to the page."""
    if request.method != "POST":
        return redirect("export:home")
    actor = actor_of(request)
    member = member_for(actor, request.user.pk)
    try:
        actions.ask(member=member, request_key=_key(request), by=actor, at=request.now)
    except Refused as refused:
        return _page(request, refused.refusal)
    return redirect("export:home")


@login_required
@require_safe
@reauthentication_required(app="allauth.account")
def download(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The bytes, whole or in parts, to the member alone and only after a fresh proof; from a bucket by a short-lived
    address of its own."""
    archive = queries.archive_for(actor_of(request), export_id).file
    assert archive is not None
    if settings.FILES_S3_BUCKET:
        return HttpResponseRedirect(signed_address(archive, disposition(archive)))
    return whole_or_part(request, archive, open_bytes(archive))


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("request_key", ""))
    except ValueError:
        return uuid4()


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "export": queries.newest(actor_of(request)),
        "hours": int(policy.LIVES.total_seconds() // 3600),
        "per_day": policy.PER_DAY,
        "refusal": refusal,
    }
    return render(request, "takeaway/home.html", context, status=refusal.status if refusal else 200)
