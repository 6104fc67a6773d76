"""Restoring a backup into an empty place, all of it or nothing."""

import hashlib
import json
import tarfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from psycopg import Cursor, sql

from nakadachi.config.backup.tables import Table, guarded, tables
from nakadachi.config.backup.taking import FORM, MANIFEST, SECRET_KEY_FILE, stored_names
from nakadachi.money.ledger import checks


class CannotRestore(RuntimeError):
    """Why nothing was restored, in one sentence that says what to do."""


def restore(source: Path) -> dict[str, Any]:
    """Fill the empty, migrated database and the empty file store from `source`. Returns the manifest.

    One transaction: it is committed only when every part has its digest, every table its number of rows and the
    audit of the ledger is clean. Files are written before the commit; after a refusal they are removed again.
    """
    try:
        with tarfile.open(source, "r:*") as tar:
            return _restore(tar)
    except (tarfile.TarError, EOFError, OSError) as problem:
        raise CannotRestore(f"{source} cannot be read as a backup: {problem}") from problem


def _restore(tar: tarfile.TarFile) -> dict[str, Any]:
    members = {member.name: member for member in tar.getmembers() if member.isfile()}
    manifest = _manifest(tar, members)
    _demand_empty_place()
    _demand_whole(tar, members, manifest)
    written: list[str] = []
    try:
        with transaction.atomic(), connection.connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            _demand_same_version(cursor, manifest)
            _fill(cursor, tar, manifest)
            for name, member in members.items():
                if name.startswith("files/"):
                    written.append(_put(tar, member, name.removeprefix("files/")))
            if offenders := checks.run():
                raise CannotRestore(f"the audit of the ledger finds {len(offenders)} faults, e.g. {offenders[0]}")
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    _put_key(tar, members)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return manifest


def _manifest(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo]) -> dict[str, Any]:
    if MANIFEST not in members:
        raise CannotRestore("this is no backup of a market, or an unfinished one: it has no manifest")
    manifest: dict[str, Any] = json.loads(_open(tar, members[MANIFEST]).read())
    if manifest.get("form") != FORM:
        raise CannotRestore(f"this backup has form {manifest.get('form')}, this program reads form {FORM}")
    return manifest


def _demand_empty_place() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM people_member) OR EXISTS (SELECT FROM ledger.journal)")
        if cursor.fetchone()[0]:
            raise CannotRestore("this market is not empty. Choose an empty NAKADACHI_DATA or an empty database")
    if next(iter(stored_names(default_storage)), None):
        raise CannotRestore("the place for files is not empty")


def _demand_whole(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], manifest: dict[str, Any]) -> None:
    for name, part in manifest["parts"].items():
        if name not in members:
            raise CannotRestore(f"the backup is damaged: {name} is missing")
        digest = hashlib.file_digest(_open(tar, members[name]), "sha256").hexdigest()
        if digest != part["sha256"]:
            raise CannotRestore(f"the backup is damaged: {name} is not what was written")


def _demand_same_version(cursor: "Cursor[tuple[Any, ...]]", manifest: dict[str, Any]) -> None:
    cursor.execute("SELECT app, name FROM django_migrations")
    here = set(cursor.fetchall())
    there = {tuple(row) for row in manifest["migrations"]}
    if differing := sorted(here ^ there):
        app, name = differing[0]
        raise CannotRestore(
            f"the backup is of another version of the program ({app} {name} is on one side only)."
            " Restore it with the version that made it, then upgrade"
        )


def _fill(cursor: "Cursor[tuple[Any, ...]]", tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    walls = guarded(cursor)
    for wall in walls:
        cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(wall))
    known = tables(cursor)
    cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(table.identifier for table in known)))
    for table in known:
        told = manifest["tables"].get(table.full_name)
        if told is None:
            raise CannotRestore(f"the backup lacks the table {table.full_name}")
        _copy_in(cursor, table, told, _open(tar, tar.getmember(told["part"])))
    for schema, name, last_value, is_called in manifest["sequences"]:
        cursor.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{schema}"."{name}"', last_value, is_called])
    cursor.execute("UPDATE ledger.hot_balance SET upto_xid = pg_current_xact_id()")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for wall in walls:
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(wall))


def _copy_in(cursor: "Cursor[tuple[Any, ...]]", table: Table, told: dict[str, Any], held: Any) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, told["columns"]))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table.identifier, columns)) as lines:
        while chunk := held.read(1 << 20):
            lines.write(chunk)
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(table.identifier))
    row = cursor.fetchone()
    if row is None or row[0] != told["rows"]:
        raise CannotRestore(f"{table.full_name} has other rows than the backup says")


def _put(tar: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> str:
    """Storages refuse names that lead out of their place."""
    saved = default_storage.save(name, File(_open(tar, member)))
    if saved != name:
        default_storage.delete(saved)
        raise CannotRestore(f"the file {name} cannot be stored under its name")
    return saved


def _put_key(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo]) -> None:
    """What was encrypted or signed there stays readable here, unless the environment gives a key."""
    if SECRET_KEY_FILE in members:
        target = settings.DATA / SECRET_KEY_FILE
        target.unlink(missing_ok=True)
        target.touch(mode=0o600)
        target.write_bytes(_open(tar, members[SECRET_KEY_FILE]).read())


def _open(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    opened = tar.extractfile(member)
    assert opened is not None
    return opened
