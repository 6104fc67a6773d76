"""Handing out one file. The token finds it, the owner object's own query decides, the stored name is what is shown."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from nakadachi.infra.files.actions import open_bytes
from nakadachi.infra.files.queries import by_token
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import queries as jobs
from nakadachi.web.ui.answers import actor_of, staff_of

_VISIBLE: dict[str, Callable[[Actor, int], Any]] = {
    "contracts.delivery": contracts.delivery_for,
    "jobs.job": jobs.job_for,
}


@login_required
@require_safe
def download(request: HttpRequest, token: str, name: str) -> FileResponse:
    """The bytes, never shown inside a page of ours: a download in a sandbox, kept by no cache."""
    stored = by_token(token)
    visible = _VISIBLE.get(stored.owner_type)
    if visible is None:
        raise NotVisible
    visible(staff_of(request) if request.user.is_operator else actor_of(request), stored.owner_id)
    answer = FileResponse(open_bytes(stored), content_type=stored.content_type)
    answer.headers["Content-Length"] = str(stored.size_bytes)
    answer.headers["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
