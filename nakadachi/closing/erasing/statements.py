"""From a step of the register to one statement of SQL. The register is part of the program; values go as parameters."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connection

from nakadachi.closing.register import Step, Table

_EMPTY = {"jsonb": "'{}'", "bytea": "''"}
_TEXTS = {"text", "character varying"}


def of_step(step: Step) -> str:
    """Rows that go, or what is emptied in them; counts only rows in which something changes."""
    if step.delete:
        return f"DELETE FROM {step.table} WHERE {step.rows}"  # noqa: S608
    values = emptied(step.table, step.erase, step.blank) | dict(step.put)
    return update(step.table, values, step.rows)


def of_kept(table: Table, columns: Iterable[str]) -> str:
    """What a ground kept is emptied when its term ends."""
    return update(table.name, emptied(table.name, columns, table.blank), table.rows)


def update(table: str, values: Mapping[str, str], rows: str) -> str:
    """`UPDATE` of what differs from `values`, which are SQL."""
    sets = ", ".join(f'"{column}" = {value}' for column, value in values.items())
    differs = " OR ".join(f'"{column}" IS DISTINCT FROM {value}' for column, value in values.items())
    return f"UPDATE {table} SET {sets} WHERE ({rows}) AND ({differs})"  # noqa: S608


def emptied(table: str, columns: Iterable[str], blank: Mapping[str, str]) -> dict[str, str]:
    """What stands in each column afterwards: as the register says, else nothing, as its type has it."""
    known = _columns()[table]
    return {column: blank.get(column) or _nothing(column, *known[column]) for column in columns}


def _nothing(column: str, kind: str, is_nullable: bool) -> str:
    """A dash for words, so that what demands a reason still has one; nothing for nothing."""
    if is_nullable:
        return "NULL"
    return f"""CASE "{column}" WHEN '' THEN '' ELSE '–' END""" if kind in _TEXTS else _EMPTY[kind]


def run(sql: str, values: Mapping[str, Any]) -> int:
    """How many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def count(table: Table, values: Mapping[str, Any]) -> int:
    """How many rows of somebody are kept."""
    sql = f"SELECT count(*) FROM {table.name} WHERE {table.rows}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


@cache
def _columns() -> dict[str, dict[str, tuple[str, bool]]]:
    """Type and whether it may be NULL, by table and column; read once in a process."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_schema IN ('public', 'ledger')"
        )
        found: dict[str, dict[str, tuple[str, bool]]] = {}
        for schema, table, column, kind, nullable in cursor.fetchall():
            name = table if schema == "public" else f"{schema}.{table}"
            found.setdefault(name, {})[column] = (kind, nullable == "YES")
    return found
