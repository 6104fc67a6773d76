"""The answer that carries a file: a download in a sandbox, whole or a part of it, that no page of ours can run."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from nakadachi.infra.files.models import StoredFile

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_PIECE_BYTES = 256 * 1024
SANDBOX = "default-src 'none'; sandbox"


def disposition(stored: StoredFile) -> str:
    """`attachment` with the name, as RFC 6266 wants it."""
    return content_disposition_header(True, stored.name) or "attachment"


def whole_or_part(request: HttpRequest, stored: StoredFile, content: "File[Any]") -> HttpResponseBase:
    """200 with everything, 206 with the range that was asked for, or 416."""
    asked = span(request.headers.get("Range", ""), stored.size_bytes)
    if request.headers.get("If-Range", etag(stored)) != etag(stored):
        asked = None
    answer: HttpResponseBase
    if asked is None:
        answer = FileResponse(content, content_type=stored.content_type)
        answer.headers["Content-Length"] = str(stored.size_bytes)
    elif not asked:
        content.close()
        answer = HttpResponse(status=416, content_type="text/plain")
        answer.headers["Content-Range"] = f"bytes */{stored.size_bytes}"
    else:
        answer = StreamingHttpResponse(_pieces(content, asked), status=206, content_type=stored.content_type)
        answer.headers["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{stored.size_bytes}"
        answer.headers["Content-Length"] = str(len(asked))
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["ETag"] = etag(stored)
    answer.headers["Content-Disposition"] = disposition(stored)
    return harmless(answer)


def harmless(answer: HttpResponseBase) -> HttpResponseBase:
    """No sniffing, nothing that runs, nobody else's page, no shared cache."""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer


def etag(stored: StoredFile) -> str:
    """The content's own name: stored bytes never change."""
    return f'"{stored.sha256[:32]}"'


def span(header: str, size_bytes: int) -> range | None:
    """One range of bytes; None for all of it (no header, or one we do not understand), empty when outside."""
    read = _RANGE.fullmatch(header.strip())
    if not read or not (read[1] or read[2]):
        return None
    if not read[1]:
        return range(max(size_bytes - int(read[2]), 0), size_bytes if int(read[2]) else 0)
    first, last = int(read[1]), int(read[2] or size_bytes - 1)
    if read[2] and last < first:
        return None
    return range(first, min(last + 1, size_bytes))


def _pieces(content: "File[Any]", part: range) -> Iterator[bytes]:
    with content:
        content.seek(part.start)
        left = len(part)
        while left and (piece := content.read(min(_PIECE_BYTES, left))):
            left -= len(piece)
            yield piece
