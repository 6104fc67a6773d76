"""Steps of the register that are more than a statement: files with their bytes, and what only a door of the database
reaches. Each does the same when it is done again."""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction

from nakadachi.closing.erasing import vault
from nakadachi.closing.erasing.statements import run, update
from nakadachi.closing.models import Closing
from nakadachi.closing.register import Step
from nakadachi.infra.crash_points import reached
from nakadachi.infra.files import uploads as arriving
from nakadachi.infra.files.models import StoredFile, Upload
from nakadachi.people import avatars
from nakadachi.people.models import Member, Veil

AT_ONCE = 100
Values = dict[str, Any]


def files(closing: Closing, step: Step, values: Values) -> int:
    """The bytes first: rows without bytes are found again, bytes without a row would not be."""
    done = 0
    while found := _some_files(step.rows, values):
        for stored in found:
            for path in (stored.path, stored.preview_path("small"), stored.preview_path("large")):
                default_storage.delete(path)
        reached("erasing.bytes")
        with transaction.atomic():
            done += StoredFile.objects.filter(pk__in=[stored.pk for stored in found]).delete()[0]
    return done


def _some_files(rows: str, values: Values) -> list[StoredFile]:
    sql = f"SELECT * FROM files_storedfile WHERE {rows} ORDER BY id LIMIT {AT_ONCE}"  # noqa: S608
    return list(StoredFile.objects.raw(sql, values))


def uploads(closing: Closing, step: Step, values: Values) -> int:
    """What was still on its way."""
    waiting = list(Upload.objects.filter(member_id=closing.member_id))
    for upload in waiting:
        arriving.drop(upload=upload)
    return len(waiting)


def avatar(closing: Closing, step: Step, values: Values) -> int:
    """The picture's bytes; its address stays as one that is gone."""
    member = Member.objects.get(pk=closing.member_id)
    veil, _ = Veil.objects.get_or_create(member=member, defaults={"avatar": member.avatar})
    for digest in {veil.avatar, member.avatar} - {""}:
        avatars.forget(digest)
    shown = {"display_name": "''", "introduction": "''", "avatar": "%(avatar)s"}
    return run(update("people_veil", shown, step.rows), {**values, "avatar": veil.avatar or member.avatar})


def events(closing: Closing, step: Step, values: Values) -> int:
    """Fields of the audit trail."""
    return _door("SELECT closing_erase_events(%(member)s)", values)


def versions(closing: Closing, step: Step, values: Values) -> int:
    """Earlier texts of postings and proposals that came to nothing."""
    return _door("SELECT closing_erase_versions(%(member)s, false)", values)


def traces(closing: Closing, step: Step, values: Values) -> int:
    """Earlier memos of hours."""
    return _door("SELECT closing_erase_traces(%(member)s)", values)


def _door(sql: str, values: Values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


BY_NAME: dict[str, Callable[[Closing, Step, Values], int]] = {
    "files": files,
    "uploads": uploads,
    "avatar": avatar,
    "events": events,
    "versions": versions,
    "traces": traces,
    "vault": vault.put_away,
}
OUTSIDE_TRANSACTION = {"files"}
"""Touch the store many times: each batch is a transaction of its own."""
