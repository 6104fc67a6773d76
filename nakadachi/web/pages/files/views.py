"""Handing out one file. The token finds it, the owner object's own query decides, the stored name is what is shown."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.infra.files.actions import held, open_bytes, open_preview, signed_address
from nakadachi.web.pages.files.handing import disposition, etag, harmless, whole_or_part
from nakadachi.web.pages.files.seeing import file_for, place_of
from nakadachi.web.ui.answers import sentence


@login_required
@require_safe
def download(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The bytes, or a part of them, never shown inside a page of ours. From a bucket they come by a short-lived
    address of its own."""
    stored, _owner = file_for(request, token)
    if settings.FILES_S3_BUCKET:
        return HttpResponseRedirect(signed_address(stored, disposition(stored)))
    return whole_or_part(request, stored, open_bytes(stored))


@login_required
@require_safe
def look(request: HttpRequest, token: str) -> HttpResponse:
    """A page with the preview, as large as it fits."""
    stored, owner = file_for(request, token)
    refusal = held(stored)
    context = {"file": stored, "place": place_of(stored, owner), "held": sentence(refusal) if refusal else ""}
    return render(request, "files/look.html", context)


@login_required
@require_safe
def preview(request: HttpRequest, token: str, size: str) -> HttpResponseBase:
    """A small picture that we made ourselves: the only thing of a file a page shows."""
    stored, _owner = file_for(request, token)
    answer: HttpResponseBase
    with open_preview(stored, size) as picture:
        if request.headers.get("If-None-Match") == etag(stored):
            answer = HttpResponseNotModified()
        else:
            answer = HttpResponse(picture.read(), content_type="image/webp")
    answer.headers["ETag"] = etag(stored)
    answer.headers["Cache-Control"] = "private, no-cache"
    return harmless(answer)
