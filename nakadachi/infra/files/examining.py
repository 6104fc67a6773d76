"""After storing: the virus check, if there is one, then the preview. Both look at the bytes in other processes."""

import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.files.child import INPUT_BYTES_MAX
from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.actor import SYSTEM

CHILD = Path(__file__).with_name("child.py")
CHILD_SECONDS_MAX = 20
SCAN_SECONDS_MAX = 120
PREVIEW_BYTES_MAX = 4 * 1024**2


class ScannerDown(RuntimeError):
    """The virus check gave no answer: the file stays held, and the job is tried again."""


def examine(stored: StoredFile, *, at: datetime) -> None:
    """Do what is still to be done for this file. Twice is the same as once."""
    with tempfile.TemporaryFile() as content:
        with default_storage.open(stored.path, "rb") as kept:
            shutil.copyfileobj(kept, content)
        if stored.scan == StoredFile.Scan.WAITING:
            stored.scan = scanned(content)
            _settle(stored, "scan", at)
        if stored.preview == StoredFile.Preview.WAITING:
            bad = stored.scan == StoredFile.Scan.BAD
            stored.preview = StoredFile.Preview.NONE if bad else previewed(stored, content)
            _settle(stored, "preview", at)


@transaction.atomic
def _settle(stored: StoredFile, column: str, at: datetime) -> None:
    """Write down an answer, once."""
    waiting = StoredFile.objects.filter(pk=stored.pk, **{column: "waiting"})
    if waiting.update(**{column: getattr(stored, column)}) and stored.scan == StoredFile.Scan.BAD and column == "scan":
        record("file.stopped", stored, by=SYSTEM, at=at, name=stored.name, sha256=stored.sha256)


def scanned(content: IO[bytes]) -> str:
    """Ask `FILE_SCANNER`: 0 is clean, 1 is infected, anything else is no answer."""
    if not settings.FILE_SCANNER:
        return StoredFile.Scan.NONE
    content.seek(0)
    try:
        ended = subprocess.run(
            shlex.split(settings.FILE_SCANNER),
            stdin=content,
            capture_output=True,
            timeout=SCAN_SECONDS_MAX,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerDown(str(error)) from error
    if ended.returncode not in (0, 1):
        raise ScannerDown(f"the scanner ended with {ended.returncode}")
    return StoredFile.Scan.BAD if ended.returncode else StoredFile.Scan.CLEAN


def previewed(stored: StoredFile, content: IO[bytes]) -> str:
    """Make and keep the two pictures; a file of which none can be made is no fault."""
    pictures = pictures_of(content) if stored.size_bytes <= INPUT_BYTES_MAX else None
    if pictures is None:
        return StoredFile.Preview.FAILED
    for size, picture in zip(("small", "large"), pictures, strict=True):
        path = stored.preview_path(size)
        default_storage.delete(path)
        default_storage.save(path, ContentFile(picture))
    return StoredFile.Preview.READY


def pictures_of(content: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The small and the large picture, made by a child under limits; None when it could not."""
    content.seek(0)
    try:
        ended = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            stdin=content,
            capture_output=True,
            timeout=CHILD_SECONDS_MAX,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    made = ended.stdout
    if ended.returncode or not 4 < len(made) <= PREVIEW_BYTES_MAX:
        return None
    end = 4 + int.from_bytes(made[:4], "big")
    small, large = made[4:end], made[end:]
    return (small, large) if small[8:12] == large[8:12] == b"WEBP" else None
