"""Files on their way: begun, received bit by bit, kept with a form that is shown again, dropped, swept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from nakadachi.infra.files import parts
from nakadachi.infra.files.incoming import Incoming, Kept, TooMuch
from nakadachi.infra.files.kinds import HEAD_BYTES, judge
from nakadachi.infra.files.models import Upload
from nakadachi.infra.files.names import safe_name
from nakadachi.infra.files.refusals import TOO_MANY_OPEN
from nakadachi.infra.files.room import refusal_of_room, refusal_of_size
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refused, require

OPEN_MAX = 200
"""Uploads of one member that no form has taken yet."""
ABANDONED_AFTER = timedelta(hours=24)


@transaction.atomic
def begin(*, name: str, size_bytes: int, by: Actor, at: datetime) -> Upload:
    """Announce a file. Refused when it is empty, too large, finds no room, or too many wait already."""
    assert by.id is not None
    name = safe_name(name)
    require(refusal_of_size(name, size_bytes))
    require(refusal_of_room(by.id, name, size_bytes))
    if Upload.objects.filter(member_id=by.id).count() >= OPEN_MAX:
        raise Refused(TOO_MANY_OPEN)
    return Upload.objects.create(member_id=by.id, name=name, size_bytes=size_bytes, started_at=at)


def receive(*, upload: Upload, offset: int, source: parts.Source) -> int:
    """Add bytes at `offset`; answers how many there are now. A file that may not be kept is refused at its first bytes
    and forgotten."""
    arrived = parts.append(upload.token, offset=offset, size_bytes=upload.size_bytes, source=source)
    if (offset < HEAD_BYTES or arrived == upload.size_bytes) and (refusal := judge(upload.name, head_of(upload))):
        drop(upload=upload)
        raise Refused(refusal)
    return arrived


def drop(*, upload: Upload) -> None:
    """Forget an upload and what arrived of it."""
    Upload.objects.filter(pk=upload.pk).delete()
    parts.remove(upload.token)


def keep(files: Sequence[Incoming], *, by: Actor, at: datetime) -> list[Upload]:
    """Turn what came with a form that is shown again into uploads, so that nothing is chosen twice.

    Files that would be refused anyway are left out.
    """
    kept = []
    for file in files:
        if isinstance(file, Kept | TooMuch):
            continue
        try:
            kept.append(_keep_one(file, by, at))
        except Refused:
            continue
    tokens = [file.token for file in files if isinstance(file, Kept)]
    return [*finished(tokens, by=by), *kept]


def _keep_one(file: "UploadedFile[Any]", by: Actor, at: datetime) -> Upload:
    upload = begin(name=file.name or "", size_bytes=file.size or 0, by=by, at=at)
    file.seek(0)
    receive(upload=upload, offset=0, source=file)
    return upload


def head_of(upload: Upload) -> bytes:
    """The first bytes of what arrived."""
    with parts.path_of(upload.token).open("rb") as part:
        return part.read(HEAD_BYTES)


def upload_for(by: Actor, token: str) -> Upload:
    """An upload of one's own; raises `NotVisible`."""
    try:
        return Upload.objects.get(token=token, member_id=by.id)
    except Upload.DoesNotExist:
        raise NotVisible from None


def finished(tokens: Sequence[str], *, by: Actor) -> list[Upload]:
    """Those of one's own uploads that have arrived completely, in the order of the tokens."""
    found = {row.token: row for row in Upload.objects.filter(token__in=tokens, member_id=by.id)} if tokens else {}
    rows = [found[token] for token in dict.fromkeys(tokens) if token in found]
    return [row for row in rows if parts.length(row.token) == row.size_bytes]


def sweep(*, at: datetime) -> int:
    """Forget uploads that no form took within a day, and parts that belong to none; answers how many uploads."""
    old = list(Upload.objects.filter(started_at__lt=at - ABANDONED_AFTER)[:1000])
    for upload in old:
        drop(upload=upload)
    limit = (at - 2 * ABANDONED_AFTER).timestamp()
    for path in Path(settings.UPLOAD_ROOT).glob("*/*"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
    return len(old)
