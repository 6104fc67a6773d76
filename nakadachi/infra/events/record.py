"""Writing events and handing them on to the jobs that listen."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import models

from nakadachi.infra.events.models import Event
from nakadachi.infra.queue import defer
from nakadachi.kernel.actor import Actor

_subscribers: dict[str, list[str]] = defaultdict(list)


def subscribe(kind: str, task_name: str) -> None:
    """Have the job `task_name(event_id=…)` run after every event of this kind. Only `config/wiring.py` calls it."""
    if task_name not in _subscribers[kind]:
        _subscribers[kind].append(task_name)


def record(kind: str, subject: models.Model, *, by: Actor, at: datetime, **data: Any) -> Event:
    """Write one event, in the caller's transaction; listeners are deferred in the same transaction.

    `kind` is `<model>.<what happened>`. `data` must be JSON: numbers, strings, ISO dates.
    """
    event = Event.objects.create(
        kind=kind,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        data=data,
    )
    for task_name in _subscribers[kind]:
        defer(task_name, event_id=event.pk)
    return event
