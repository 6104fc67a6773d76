"""Locking rows before deciding on them: always `FOR UPDATE`, always in the order of their ids.

Every movement of money begins with it, and building such a statement by the ORM costs more than running it; so it is
written out here, once, for all models.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], **equals: int | str | Sequence[int] | Sequence[str]) -> list[Row]:
    """The rows of which every named column equals its value (or is one of a list), as they are now, locked.

    Must run inside a transaction. `locked(Hold, id=[3, 1])` locks 1, then 3.
    """
    assert connection.in_atomic_block, "a lock without a transaction protects nothing"
    select, names, converters = _shape(model)
    conditions: list[str] = []
    values: list[Any] = []
    for name, value in equals.items():
        column = model._meta.get_field(name).column  # type: ignore[union-attr]
        is_list = isinstance(value, (list, tuple))
        conditions.append(f'"{column}" = ANY(%s)' if is_list else f'"{column}" = %s')
        values.append(list(value) if is_list else value)  # type: ignore[arg-type]
    sql = f"{select} WHERE {' AND '.join(conditions)} ORDER BY id FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = [list(row) for row in cursor.fetchall()]
    for row in rows:
        for place, convert in converters:
            row[place] = convert(row[place], None, connection)
    return [model.from_db(connection.alias, names, row) for row in rows]


@cache
def _shape(model: type[models.Model]) -> tuple[str, list[str], list[tuple[int, Callable[..., Any]]]]:
    """The SELECT of a model's columns, their names, and those that need converting (JSON)."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    converters = [
        (place, convert) for place, field in enumerate(fields) for convert in field.get_db_converters(connection)
    ]
    select = f'SELECT {columns} FROM "{model._meta.db_table}"'  # noqa: S608
    return select, [field.attname for field in fields], converters
