"""Storing and opening private files."""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal, Refused

FILE_BYTES_MAX = 25 * 1024 * 1024
FILES_PER_OWNER_MAX = 20
NAME_LENGTH_MAX = 120

EMPTY = Refusal(
    "file_empty", N_("“%(name)s” is empty (0 bytes). Please choose a file with content."), 422, field="files"
)
TOO_LARGE = Refusal(
    "file_too_large", N_("“%(name)s” is larger than %(megabytes)s MB. Please split or compress it."), 422, field="files"
)
TOO_MANY = Refusal("too_many_files", N_("Please attach at most %(count)s files."), 422, field="files")

# Types a browser may show by itself; everything else is handed out as a plain download.
_KNOWN_HEADS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
)


def safe_name(name: str) -> str:
    """The last path part of an uploaded name, without control characters, at most 120 characters, ending kept."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(ch for ch in plain if unicodedata.category(ch)[0] != "C").strip(" .")
    if len(plain) > NAME_LENGTH_MAX:
        stem, dot, ending = plain.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        plain = plain[: NAME_LENGTH_MAX - len(ending)] + ending
    return plain or "file"


def content_type_of(head: bytes) -> str:
    """The type by the first bytes, never by the name or the browser's word."""
    for known, content_type in _KNOWN_HEADS:
        if head.startswith(known):
            return content_type
    return "application/octet-stream"


def check(uploads: Sequence["UploadedFile[Any]"], *, kept: int = 0) -> None:
    """Refuse empty, too large or too many files, `kept` earlier ones included, before anything is written."""
    if uploads and kept + len(uploads) > FILES_PER_OWNER_MAX:
        raise Refused(TOO_MANY.with_params(count=FILES_PER_OWNER_MAX))
    for upload in uploads:
        name = safe_name(upload.name or "")
        if not upload.size:
            raise Refused(EMPTY.with_params(name=name))
        if upload.size > FILE_BYTES_MAX:
            raise Refused(TOO_LARGE.with_params(name=name, megabytes=FILE_BYTES_MAX // 1024**2))


def store(uploads: Sequence["UploadedFile[Any]"], *, owner: models.Model, by: Actor, at: datetime) -> list[StoredFile]:
    """Write the bytes, then the rows in the caller's transaction. A rolled-back transaction leaves orphan bytes only,
    which nothing refers to."""
    kept = StoredFile.objects.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk).count() if uploads else 0
    check(uploads, kept=kept)
    return [_store_one(upload, owner, by, at) for upload in uploads]


def _store_one(upload: "UploadedFile[Any]", owner: models.Model, by: Actor, at: datetime) -> StoredFile:
    assert by.id is not None
    digest = hashlib.sha256()
    head = b""
    for chunk in upload.chunks():
        head = head or chunk[:16]
        digest.update(chunk)
    row = StoredFile(
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        name=safe_name(upload.name or ""),
        content_type=content_type_of(head),
        size_bytes=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by_id=by.id,
        uploaded_at=at,
    )
    upload.seek(0)
    default_storage.save(row.path, File(upload))
    row.save(force_insert=True)
    return row


def open_bytes(stored: StoredFile) -> File:  # type: ignore[type-arg]
    """The stored bytes, for streaming."""
    return default_storage.open(stored.path, "rb")
