"""Bytes that no row refers to: left when a transaction was rolled back after its files were written."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from nakadachi.infra.files.folder import DRAFT
from nakadachi.infra.files.models import StoredFile

LEFT_ALONE = timedelta(hours=24)
"""Younger bytes may belong to a transaction that is still open."""


def _folders() -> list[str]:
    try:
        return default_storage.listdir("")[0]
    except FileNotFoundError:
        return []


def sweep_orphans(*, at: datetime) -> int:
    """Remove them, folder by folder; answers how many."""
    removed = 0
    for folder in _folders():
        names = default_storage.listdir(folder)[1]
        tokens = {name.partition(".")[0] for name in names}
        known = set(StoredFile.objects.filter(token__in=tokens).values_list("token", flat=True))
        for name in names:
            path = f"{folder}/{name}"
            if (name.partition(".")[0] in known and DRAFT not in name) or default_storage.get_modified_time(
                path
            ) > at - LEFT_ALONE:
                continue
            default_storage.delete(path)
            removed += 1
    return removed
