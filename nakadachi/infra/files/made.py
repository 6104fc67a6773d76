"""Files the program itself makes for a member: stored like all others, the member's own (`room.uncounted` says
which take none of their room)."""

from datetime import datetime
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction

from nakadachi.infra.files.models import StoredFile


def keep_bytes(
    source: IO[bytes], *, name: str, content_type: str, sha256: str, owner: models.Model, member_id: int, at: datetime
) -> StoredFile:
    """Bring the bytes into the store, outside of any transaction; answers the row, which the caller's action saves.

    When nobody saves it, the bytes are orphans, which a sweep removes.
    """
    source.seek(0, 2)
    size_bytes = source.tell()
    source.seek(0)
    row = StoredFile(
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        name=name,
        content_type=content_type,
        size_bytes=size_bytes,
        sha256=sha256,
        uploaded_by_id=member_id,
        uploaded_at=at,
    )
    default_storage.save(row.path, File(source))
    return row


def forget_bytes(row: StoredFile) -> None:
    """Remove the bytes once the caller's transaction is through."""
    transaction.on_commit(lambda: default_storage.delete(row.path))
