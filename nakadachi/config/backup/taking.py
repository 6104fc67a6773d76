"""Taking a backup: one read-only snapshot of the database, then the files it speaks of."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import connection
from psycopg import Cursor, sql

from nakadachi.config.backup.tables import Table, sequences, tables

FORM = 1
MANIFEST = "manifest.json"
SECRET_KEY_FILE = "secret_key"  # noqa: S105  its name, not its content
SETTLED_XID = "1"
"""What transaction numbers become: a new server counts from the beginning again, and all of this is before it."""


def take(target: Path, at: datetime) -> dict[str, Any]:
    """Write the backup to `target`, readable by its owner only; an unfinished one never gets that name.

    Returns the manifest: form, moment, migrations, rows per table, digest and size of every part.
    """
    unfinished = target.with_name(target.name + ".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w:gz" if target.suffix in {".gz", ".tgz"} else "w") as tar:
                manifest = _write(tar, at)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write(tar: tarfile.TarFile, at: datetime) -> dict[str, Any]:
    manifest: dict[str, Any] = {"form": FORM, "taken_at": at.isoformat(), "tables": {}, "parts": {}}
    with _snapshot() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        manifest["migrations"] = [list(row) for row in cursor]
        for table in tables(cursor):
            part = f"database/{table.full_name}.copy"
            with tempfile.TemporaryFile() as held:
                rows = _copy_out(cursor, table, held)
                _add(tar, part, held, manifest)
            manifest["tables"][table.full_name] = {"columns": list(table.columns), "rows": rows, "part": part}
        manifest["sequences"] = [_sequence(cursor, *name) for name in sequences(cursor)]
    for name in sorted(stored_names(default_storage)):
        with default_storage.open(name, "rb") as stored:
            _add(tar, f"files/{name}", stored, manifest)
    key = settings.DATA / SECRET_KEY_FILE
    if key.exists():
        with key.open("rb") as held:
            _add(tar, SECRET_KEY_FILE, held, manifest)
    with tempfile.TemporaryFile() as held:
        held.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        _add(tar, MANIFEST, held, {"parts": {}})
    return manifest


@contextmanager
def _snapshot() -> "Iterator[Cursor[tuple[Any, ...]]]":
    """Everything as of one moment, without holding anybody up and without the time limit of pages."""
    connection.ensure_connection()
    with connection.connection.transaction(), connection.connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield cursor


def _copy_out(cursor: "Cursor[tuple[Any, ...]]", table: Table, held: Any) -> int:
    rows = 0
    query = sql.SQL("COPY (SELECT {} FROM {} AS t) TO STDOUT").format(
        sql.SQL(", ").join(_value(table, name, kind) for name, kind in zip(table.columns, table.types, strict=True)),
        table.identifier,
    )
    with cursor.copy(query) as lines:
        for line in lines:
            held.write(line)
            rows += bytes(line).count(b"\n")
    return rows


def _value(table: Table, column: str, kind: str) -> sql.Composable:
    """As it is, but for what only this server understands: transaction numbers, and balances folded up to one."""
    if kind == "xid8":
        return sql.SQL("{}::xid8").format(sql.Literal(SETTLED_XID))
    if (table.full_name, column) == ("ledger.hot_balance", "balance"):
        return sql.SQL("(SELECT c.balance FROM ledger.current_balance c WHERE c.account_id = t.account_id)")
    return sql.Identifier("t", column)


def _sequence(cursor: "Cursor[tuple[Any, ...]]", schema: str, name: str) -> list[Any]:
    cursor.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(schema, name)))
    row = cursor.fetchone()
    assert row is not None
    return [schema, name, *row]


def _add(tar: tarfile.TarFile, name: str, held: Any, manifest: dict[str, Any]) -> None:
    held.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := held.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    held.seek(0)
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, held)
    manifest["parts"][name] = {"sha256": digest.hexdigest(), "bytes": size}


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of the storage, whatever kind it is."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from stored_names(storage, f"{folder}/{name}" if folder else name)
