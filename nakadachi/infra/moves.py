"""One move of a lifecycle: one conditional update and one event, together in one statement."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, models

from nakadachi.infra.events.record import INSERT, announce, announce_all, values_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.lifecycle import Lifecycle
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refused

Thing = TypeVar("Thing", bound=models.Model)


def move(
    thing: Thing,
    lifecycle: Lifecycle,
    name: str,
    *,
    by: Actor,
    at: datetime,
    event: dict[str, Any] | None = None,
    **columns: Any,
) -> Thing:
    """Move `thing` along, setting `columns` with it, and record `<model>.<name>` with the data of `event`.

    `UPDATE … WHERE id AND status IN sources`: no row means somebody was faster, and `Refused(MOVE_NOT_ALLOWED)`
    is raised with nothing changed. Must run inside the caller's transaction.
    """
    step = lifecycle[name]
    kind = f"{thing._meta.model_name}.{name}"
    before = thing.status  # type: ignore[attr-defined]
    data = {"before": before, "after": step.target, **(event or {})}
    sets, set_values = _assignments(thing, {"status": step.target, **columns})
    sql = (
        f'WITH moved AS (UPDATE "{thing._meta.db_table}" SET {sets}'  # noqa: S608
        f" WHERE id = %s AND status = ANY(%s) RETURNING id) {INSERT} FROM moved RETURNING id"
    )
    values = values_of(kind, thing, by=by, at=at, data=data)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*set_values, thing.pk, sorted(step.sources), *values])
        row = cursor.fetchone()
    if row is None:
        raise Refused(MOVE_NOT_ALLOWED)
    thing.status = step.target  # type: ignore[attr-defined]
    for column, value in columns.items():
        setattr(thing, column, value)
    announce(kind, row[0])
    return thing


def move_all(
    model: type[models.Model], ids: Sequence[int], lifecycle: Lifecycle, name: str, *, by: Actor, at: datetime,
    event: dict[str, Any] | None = None, **columns: Any,
) -> list[int]:  # fmt: skip
    """Move many rows of one kind in one statement, with an event each; answers the ids of those that moved.

    Rows in another state are left alone. Must run inside the caller's transaction.
    """
    step, sample = lifecycle[name], model()
    kind = f"{model._meta.model_name}.{name}"
    sets, set_values = _assignments(sample, {"status": step.target, **columns})
    data = json.dumps({"after": step.target, **(event or {})})
    sql = (
        f'WITH moved AS (UPDATE "{model._meta.db_table}" SET {sets}'  # noqa: S608
        " WHERE id = ANY(%s) AND status = ANY(%s) RETURNING id)"
        " INSERT INTO events_event (kind, at, actor_kind, actor_id, subject_type, subject_id, data, created_at)"
        " SELECT %s, %s, %s, %s::bigint, %s, id, %s::jsonb, clock_timestamp() FROM moved RETURNING id, subject_id"
    )
    values: list[Any] = [list(ids), sorted(step.sources), kind, at, by.kind, by.id, model._meta.label_lower, data]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*set_values, *values])
        rows = cursor.fetchall()
    announce_all(kind, [event_id for event_id, _subject_id in rows])
    return [subject_id for _event_id, subject_id in rows]


def _assignments(thing: models.Model, columns: dict[str, Any]) -> tuple[str, list[Any]]:
    """`"a" = %s, "b" = %s` and the values as the database takes them."""
    sets, values = [], []
    for name, value in columns.items():
        field = thing._meta.get_field(name)
        assert isinstance(field, models.Field)
        plain = value.pk if isinstance(value, models.Model) else value
        sets.append(f'"{field.column}" = %s')
        values.append(field.get_db_prep_save(plain, connection))
    return ", ".join(sets), values
