"""Answers that belong to no resource: the assembled stylesheet and script, and the few pictures of the frame."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nakadachi.web.ui import assets

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def bundle(request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """The stylesheet or the script. An outdated digest gets today's content, but may not keep it."""
    return _answer(request, assets.bundle(kind), digest, assets.CONTENT_TYPES[kind])


@require_safe
def picture(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """The mark or the preview picture."""
    made = assets.picture(name)
    if made is None:
        raise Http404
    return _answer(request, made, digest, assets.CONTENT_TYPES[name.rpartition(".")[2]])


def _answer(request: HttpRequest, made: assets.Bundle, digest: str, content_type: str) -> HttpResponse:
    body, encoding = made.body(request.headers.get("Accept-Encoding", ""))
    answer = HttpResponse(body, content_type=content_type)
    answer["Cache-Control"] = FOR_EVER if digest == made.digest else "no-cache"
    answer["Vary"] = "Accept-Encoding"
    if encoding:
        answer["Content-Encoding"] = encoding
    return answer
