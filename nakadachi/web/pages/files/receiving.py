"""Sending a file in pieces, before its form: announce it, add bytes at an offset, ask how far it got, remove it.

The shape is that of tus (offset and length in headers), the words are fewer. A line that breaks loses at most what was
in the air: the sender asks with HEAD and goes on from there.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from nakadachi.infra.files import parts, uploads
from nakadachi.infra.files.models import Upload
from nakadachi.infra.files.refusals import WRONG_OFFSET
from nakadachi.kernel.refusal import Refusal, Refused
from nakadachi.web.ui.answers import actor_of, sentence

DIGITS_MAX = 15


@login_required
@require_POST
def announce(request: HttpRequest) -> HttpResponse:
    """A name and a size; answers with the token under which the bytes are to come."""
    try:
        upload = uploads.begin(
            name=request.POST.get("name", ""),
            size_bytes=_number(request.POST.get("size", "")) or 0,
            by=actor_of(request),
            at=request.now,
        )
    except Refused as refused:
        return _refused(refused.refusal)
    return _state(upload, status=201)


@login_required
@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def piece(request: HttpRequest, token: str) -> HttpResponse:
    """One upload of one's own: how far it is, the next bytes, or away with it."""
    upload = uploads.upload_for(actor_of(request), token)
    if request.method == "DELETE":
        uploads.drop(upload=upload)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        offset = _number(request.headers.get("Upload-Offset", ""))
        try:
            if offset is None:
                raise Refused(WRONG_OFFSET)
            uploads.receive(upload=upload, offset=offset, source=request)
        except Refused as refused:
            return _refused(refused.refusal, upload)
        except OSError:
            return _state(upload, status=400)
    return _state(upload)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX else None


def _state(upload: Upload, status: int = 200) -> HttpResponse:
    answer = JsonResponse({"token": upload.token, "name": upload.name, "size": upload.size_bytes}, status=status)
    answer.headers["Upload-Offset"] = str(parts.length(upload.token))
    answer.headers["Upload-Length"] = str(upload.size_bytes)
    return answer


def _refused(refusal: Refusal, upload: Upload | None = None) -> HttpResponse:
    answer = JsonResponse({"code": refusal.code, "sentence": sentence(refusal)}, status=refusal.status)
    if upload is not None:
        answer.headers["Upload-Offset"] = str(parts.length(upload.token))
    return answer
