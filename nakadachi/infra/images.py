"""Small square pictures made from what somebody uploaded: pixels of ours only, nothing of the original file.

The upload itself is decoded in the confined child of `files.examining`; what is cut here is the child's own output.
So no byte a stranger wrote is decoded in a process that can reach the database.
"""

import io
import shutil
import tempfile
from collections.abc import Sequence
from typing import IO

from PIL import Image, ImageOps

from nakadachi.infra.files.examining import pictures_of

BYTES_MAX = 5 * 1024**2
_QUALITY = 82


class BadImage(ValueError):
    """Not a picture we take; `code` is `too_large`, `wrong_kind` or `unreadable`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def squares(content: IO[bytes], sizes: Sequence[int]) -> dict[int, bytes]:
    """The middle of a PNG, JPEG or WebP as WebP squares, the right way up, by their size in pixels."""
    content.seek(0, io.SEEK_END)
    if content.tell() > BYTES_MAX:
        raise BadImage("too_large")
    content.seek(0)
    if not _is_taken(content.read(16)):
        raise BadImage("wrong_kind")
    content.seek(0)
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(content, whole)
        made = pictures_of(whole)
    if made is None:
        raise BadImage("unreadable")
    picture = Image.open(io.BytesIO(made[1]), formats=("WEBP",))
    return {size: _square(picture, size) for size in sizes}


def _is_taken(head: bytes) -> bool:
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return is_webp or head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def _square(picture: Image.Image, size: int) -> bytes:
    written = io.BytesIO()
    ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS).save(written, "WEBP", quality=_QUALITY, method=4)
    return written.getvalue()
