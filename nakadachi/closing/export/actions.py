"""The verbs of exports. Gathering itself is `building`; here is what is written about it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from nakadachi.closing.export import policy
from nakadachi.closing.export.lifecycle import EXPORT
from nakadachi.closing.export.models import RUNNING, Export
from nakadachi.infra.events.record import record
from nakadachi.infra.files import made
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.infra.queue import defer
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.models import Member

BUILD = "export.build"


@transaction.atomic
def ask(*, member: Member, request_key: UUID, by: Actor, at: datetime) -> Export:
    """Ask for everything. While one runs, asking again answers with that one; the same form again is the same export.

    Refused to anybody else, and when a few were made within a day.
    """
    require(policy.can_ask(by, member))
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    known = Export.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.member_id == member.pk else policy.KEY_REUSED)
        return known
    running = Export.objects.filter(member=member, status__in=RUNNING).first()
    if running is not None:
        return running
    require(policy.room_refusal(member, at))
    export = Export.objects.create(member=member, asked_at=at, request_key=request_key)
    record("export.ask", export, by=by, at=at, member_id=member.pk)
    defer(BUILD, export_id=export.pk)
    return export


@transaction.atomic
def begin(*, export_id: int, at: datetime) -> Export | None:
    """The job begins, or begins again after its worker died: from the start, since nothing of it was kept.

    None when there is nothing to do: it is over, or began too often and has failed now.
    """
    found = locked(Export, id=export_id)
    export = found[0] if found else None
    if export is None or not export.is_running:
        return None
    if export.attempts >= policy.ATTEMPTS_MAX:
        _fail(export, at)
        return None
    Export.objects.filter(pk=export.pk).update(attempts=F("attempts") + 1, steps_done=0, steps_total=0)
    if export.status == Export.Status.ASKED:
        move(export, EXPORT, "start", by=SYSTEM, at=at, event={"member_id": export.member_id})
    export.attempts += 1
    export.steps_done = export.steps_total = 0
    return export


def count(*, export: Export, done: int, total: int) -> bool:
    """Write down how far it is; False when it runs no more, and going on is in vain."""
    running = Export.objects.filter(pk=export.pk, status=Export.Status.BUILDING)
    return bool(running.update(steps_done=min(done, total), steps_total=total))


@transaction.atomic
def finish(*, export: Export, archive: StoredFile, at: datetime) -> bool:
    """The archive is in the store: hand it to its member, and remove what it replaces. False when somebody else was
    faster; then the bytes go again."""
    rows = {row.pk: row for row in locked(Export, member_id=export.member_id)}
    if rows[export.pk].status != Export.Status.BUILDING:
        made.forget_bytes(archive)
        return False
    for older in rows.values():
        if older.status == Export.Status.READY:
            _remove(older, at)
    archive.save(force_insert=True)
    expires_at = at + policy.LIVES
    move(
        rows[export.pk],
        EXPORT,
        "finish",
        by=SYSTEM,
        at=at,
        event={"member_id": export.member_id, "expires_at": expires_at.isoformat(), "size_bytes": archive.size_bytes},
        steps_done=rows[export.pk].steps_total,
        file=archive,
        size_bytes=archive.size_bytes,
        sha256=archive.sha256,
        ready_at=at,
        expires_at=expires_at,
    )
    return True


@transaction.atomic
def give_up(*, export_id: int, at: datetime) -> bool:
    """It failed too often, or runs for too long; the member is told, and can ask again at once."""
    found = locked(Export, id=export_id)
    if not found or not found[0].is_running:
        return False
    _fail(found[0], at)
    return True


@transaction.atomic
def expire(*, export_id: int, at: datetime) -> bool:
    """Its time is over: the archive is removed."""
    found = locked(Export, id=export_id)
    if not found or found[0].expires_at is None or found[0].expires_at > at:
        return False
    if found[0].status != Export.Status.READY:
        return False
    _remove(found[0], at)
    return True


def _fail(export: Export, at: datetime) -> None:
    move(export, EXPORT, "fail", by=SYSTEM, at=at, event={"member_id": export.member_id}, closed_at=at)


def _remove(export: Export, at: datetime) -> None:
    archive = export.file
    assert archive is not None
    move(export, EXPORT, "expire", by=SYSTEM, at=at, event={"member_id": export.member_id}, file=None, closed_at=at)
    archive.delete()
    made.forget_bytes(archive)
