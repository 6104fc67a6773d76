"""Writing events and handing them on to the jobs that listen.

Events are written with every move of money, so their rows go past the ORM.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models

from nakadachi.infra.events.models import Event
from nakadachi.infra.queue import defer, defer_each
from nakadachi.kernel.actor import Actor

_subscribers: dict[str, list[str]] = defaultdict(list)

INSERT = (
    "INSERT INTO events_event (kind, at, actor_kind, actor_id, subject_type, subject_id, data, created_at)"
    " SELECT %s, %s, %s, %s::bigint, %s, %s::bigint, %s::jsonb, clock_timestamp()"
)
"""Takes `values_of`; a `FROM` may follow."""


def subscribe(kind: str, task_name: str) -> None:
    """Have the job `task_name(event_id=…)` run after every event of this kind. Only `config/wiring.py` calls it."""
    if task_name not in _subscribers[kind]:
        _subscribers[kind].append(task_name)


def record(kind: str, subject: models.Model, *, by: Actor, at: datetime, **data: Any) -> Event:
    """Write one event, in the caller's transaction; listeners are deferred in the same transaction.

    `kind` is `<model>.<what happened>`. `data` must be JSON: numbers, strings, ISO dates.
    """
    with connection.cursor() as cursor:
        cursor.execute(INSERT + " RETURNING id", values_of(kind, subject, by=by, at=at, data=data))
        event_id = cursor.fetchone()[0]
    announce(kind, event_id)
    return Event(
        id=event_id,
        kind=kind,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        data=data,
    )


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """`changes` for an event: every field that differs, before and after."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def values_of(kind: str, subject: models.Model, *, by: Actor, at: datetime, data: dict[str, Any]) -> list[Any]:
    """What `INSERT` asks for."""
    return [kind, at, by.kind, by.id, subject._meta.label_lower, subject.pk, json.dumps(data)]


def announce(kind: str, event_id: int) -> None:
    """Defer the jobs that listen to this kind, in the caller's transaction."""
    for task_name in _subscribers[kind]:
        defer(task_name, event_id=event_id)


def announce_all(kind: str, event_ids: Sequence[int]) -> None:
    """The same for many events of one kind."""
    for task_name in _subscribers[kind]:
        defer_each(task_name, [{"event_id": event_id} for event_id in event_ids])
