"""The received part of an upload on this machine's disk: a file that only grows, one writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings

from nakadachi.infra.files.refusals import OVERLONG, RECEIVING, WRONG_OFFSET
from nakadachi.kernel.refusal import Refused

PIECE_BYTES = 64 * 1024


class Source(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


def path_of(token: str) -> Path:
    """Where the part lies."""
    return Path(settings.UPLOAD_ROOT) / token[:2] / token


def length(token: str) -> int:
    """How many bytes have arrived."""
    try:
        return path_of(token).stat().st_size
    except FileNotFoundError:
        return 0


def remove(token: str) -> None:
    """Forget what arrived."""
    path_of(token).unlink(missing_ok=True)


def append(token: str, *, offset: int, size_bytes: int, source: Source) -> int:
    """Add what `source` gives at `offset`, and answer how much there is now.

    Refused with nothing changed: another place than the end, more than `size_bytes`, somebody else writing. When the
    source breaks off, what has arrived stays.
    """
    with _writing(token) as part:
        here = os.fstat(part).st_size
        if offset != here:
            raise Refused(WRONG_OFFSET.with_params(offset=here))
        os.lseek(part, here, os.SEEK_SET)
        room = size_bytes - here
        try:
            while piece := source.read(min(PIECE_BYTES, room + 1)):
                if len(piece) > room:
                    os.ftruncate(part, here)
                    raise Refused(OVERLONG)
                room -= len(piece)
                while piece:
                    piece = piece[os.write(part, piece) :]
        finally:
            os.fsync(part)
        return size_bytes - room


@contextmanager
def _writing(token: str) -> Iterator[int]:
    path = path_of(token)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(part)
        raise Refused(RECEIVING) from None
    try:
        yield part
    finally:
        os.close(part)
