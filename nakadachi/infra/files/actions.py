"""Storing and opening private files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction

from nakadachi.infra.files import parts
from nakadachi.infra.files.incoming import Incoming, Kept, TooMuch
from nakadachi.infra.files.kinds import HEAD_BYTES, judge, kind_of
from nakadachi.infra.files.models import StoredFile, Upload
from nakadachi.infra.files.names import safe_name
from nakadachi.infra.files.refusals import CHECKING, GONE, INFECTED, TOO_MANY, TOO_MUCH, UNFINISHED
from nakadachi.infra.files.room import MEGABYTE, refusal_of_room, refusal_of_size
from nakadachi.infra.locks import locked
from nakadachi.infra.queue import defer
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused, require

EXAMINE = "files.examine"
ADDRESS_SECONDS = 60
PREVIEWED = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "application/pdf"})


def check(files: Sequence[Incoming], *, kept: int = 0) -> None:
    """Refuse too many files, `kept` earlier ones included, and empty, too large or disguised ones, before anything is
    written."""
    if any(isinstance(file, TooMuch) for file in files):
        raise Refused(TOO_MUCH.with_params(megabytes=settings.FILES_FORM_BYTES_MAX // MEGABYTE))
    if files and kept + len(files) > settings.FILES_PER_OBJECT_MAX:
        raise Refused(TOO_MANY.with_params(count=settings.FILES_PER_OBJECT_MAX))
    for file in files:
        if isinstance(file, Kept):
            continue
        name = safe_name(file.name or "")
        require(refusal_of_size(name, file.size or 0))
        file.seek(0)
        require(judge(name, file.read(HEAD_BYTES)))


def store(files: Sequence[Incoming], *, owner: models.Model, by: Actor, at: datetime) -> list[StoredFile]:
    """Write the bytes, then the rows in the caller's transaction. Each upload is taken once, by its sender only.

    A rolled-back transaction leaves orphan bytes, which nothing refers to and a sweep removes.
    """
    if not files:
        return []
    assert by.id is not None
    there = StoredFile.objects.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk).count()
    check(files, kept=there)
    for file in files:
        if not isinstance(file, Kept):
            require(refusal_of_room(by.id, safe_name(file.name or ""), file.size or 0))
    uploads = _taken([file.token for file in files if isinstance(file, Kept)], by.id)
    return [
        _store_upload(uploads[file.token], owner, by, at)
        if isinstance(file, Kept)
        else _store_one(file, safe_name(file.name or ""), owner, by, at)
        for file in files
    ]


def not_there(files: Sequence[Incoming], *, owner: models.Model) -> list[Incoming]:
    """Without those the owner has already under the same name and to the byte: a form sent twice adds nothing."""
    if not files:
        return []
    check(files)
    rows = StoredFile.objects.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk)
    there = set(rows.values_list("name", "sha256"))
    return [
        file for file in files if isinstance(file, Kept) or (safe_name(file.name or ""), _sha256(file)) not in there
    ]


def _sha256(file: "File[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _taken(tokens: Sequence[str], member_id: int) -> dict[str, Upload]:
    rows = locked(Upload, token=list(tokens), member_id=member_id) if tokens else []
    uploads = {row.token: row for row in rows}
    if len(uploads) < len(tokens):
        raise Refused(GONE)
    for upload in rows:
        if parts.length(upload.token) != upload.size_bytes:
            raise Refused(UNFINISHED.with_params(name=upload.name))
    Upload.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return uploads


def _store_upload(upload: Upload, owner: models.Model, by: Actor, at: datetime) -> StoredFile:
    with parts.path_of(upload.token).open("rb") as part:
        row = _store_one(File(part), upload.name, owner, by, at)
    transaction.on_commit(lambda: parts.remove(upload.token))
    return row


def _store_one(file: "File[Any]", name: str, owner: models.Model, by: Actor, at: datetime) -> StoredFile:
    assert by.id is not None
    digest = hashlib.sha256()
    head = b""
    file.seek(0)
    for chunk in file.chunks():
        head = head if len(head) >= HEAD_BYTES else head + chunk[:HEAD_BYTES]
        digest.update(chunk)
    content_type = kind_of(head[:HEAD_BYTES]).content_type
    row = StoredFile(
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        name=name,
        content_type=content_type,
        size_bytes=file.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by_id=by.id,
        uploaded_at=at,
        preview=StoredFile.Preview.WAITING if content_type in PREVIEWED else StoredFile.Preview.NONE,
        scan=StoredFile.Scan.WAITING if settings.FILE_SCANNER else StoredFile.Scan.NONE,
    )
    file.seek(0)
    default_storage.save(row.path, File(file))
    row.save(force_insert=True)
    if "waiting" in (row.preview, row.scan):
        defer(EXAMINE, file_id=row.pk)
    return row


def open_bytes(stored: StoredFile) -> "File[Any]":
    """The stored bytes, for streaming; refused while the virus check has not let them pass."""
    require(held(stored))
    return default_storage.open(stored.path, "rb")


def signed_address(stored: StoredFile, disposition: str) -> str:
    """Where a bucket hands out the bytes for a minute, as the download we say; refused like `open_bytes`."""
    require(held(stored))
    forced = {"ResponseContentDisposition": disposition, "ResponseContentType": stored.content_type}
    return default_storage.url(stored.path, parameters=forced, expire=ADDRESS_SECONDS)  # type: ignore[call-arg]


def open_preview(stored: StoredFile, size: str) -> "File[Any]":
    """The small or the large picture of it; raises `NotVisible` when there is none."""
    if size not in ("small", "large") or not stored.has_preview or held(stored):
        raise NotVisible
    return default_storage.open(stored.preview_path(size), "rb")


def held(stored: StoredFile) -> Refusal | None:
    """Why the bytes are not handed out, if they are not."""
    return {StoredFile.Scan.WAITING.value: CHECKING, StoredFile.Scan.BAD.value: INFECTED}.get(stored.scan)
