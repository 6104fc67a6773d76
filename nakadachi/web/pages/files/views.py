"""Handing out one file. The token finds it, the owner object's own query decides, the stored name is what is shown."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from nakadachi.infra.files.actions import open_bytes
from nakadachi.web.pages.files.handing import whole_or_part
from nakadachi.web.pages.files.seeing import file_for


@login_required
@require_safe
def download(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The bytes, or a part of them, never shown inside a page of ours."""
    stored, _owner = file_for(request, token)
    return whole_or_part(request, stored, open_bytes(stored))
