"""How much may be sent: of one file, with one object, by one member."""

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from nakadachi.infra.files.models import StoredFile, Upload
from nakadachi.infra.files.refusals import EMPTY, NO_ROOM, TOO_LARGE
from nakadachi.kernel.refusal import Refusal

MEGABYTE = 1024**2
uncounted: set[str] = set()
"""Kinds of owners whose files the program made, which take none of a member's room; filled by the wiring."""


def refusal_of_size(name: str, size_bytes: int) -> Refusal | None:
    """Empty, or larger than a file may be."""
    if size_bytes <= 0:
        return EMPTY.with_params(name=name)
    if size_bytes > settings.FILE_BYTES_MAX:
        return TOO_LARGE.with_params(name=name, megabytes=settings.FILE_BYTES_MAX // MEGABYTE)
    return None


def refusal_of_room(member_id: int, name: str, size_bytes: int) -> Refusal | None:
    """More than the member may keep here. Until the transaction ends, the member's files are counted by nobody else."""
    room = settings.FILES_MEMBER_BYTES_MAX
    if not room:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"files of {member_id}"])
    if used_bytes(member_id) + size_bytes > room:
        return NO_ROOM.with_params(name=name, megabytes=room // MEGABYTE)
    return None


def used_bytes(member_id: int) -> int:
    """What the member's files take, those on their way included at their full size."""
    total = Sum("size_bytes", default=0)
    sent = StoredFile.objects.filter(uploaded_by_id=member_id).exclude(owner_type__in=uncounted)
    stored = sent.aggregate(total=total)["total"]
    coming = Upload.objects.filter(member_id=member_id).aggregate(total=total)["total"]
    return int(stored) + int(coming)
