"""The list of who was erased, beside the database: a backup from before does not know, so a restore must be told.

One line of JSON per erasure in `erased.jsonl` of the data folder, only added to. It holds numbers and moments, nothing
about a person, and belongs with the backups.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from nakadachi.closing.models import Closing

NAME = "erased.jsonl"


def path() -> Path:
    """Where it lies."""
    return Path(settings.DATA) / NAME


def add(closing: Closing, at: datetime) -> None:
    """On the disk before the closing says that it is done. Twice is harmless: the list is read as a set."""
    assert closing.closed_at is not None
    line = {
        "member": closing.member_id,
        "closing": closing.pk,
        "closed_at": closing.closed_at.isoformat(),
        "erased_at": at.isoformat(),
    }
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, (json.dumps(line) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(source: Path) -> Iterator[dict[str, Any]]:
    """The lines of such a list; a last line that was cut off is left out."""
    for line in source.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue
