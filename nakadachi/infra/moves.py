"""One move of a lifecycle: one conditional update, one event, nothing else."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from nakadachi.infra.events.record import record
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
    model = type(thing)
    before = thing.status  # type: ignore[attr-defined]
    changed = model._default_manager.filter(pk=thing.pk, status__in=step.sources).update(status=step.target, **columns)
    if changed == 0:
        raise Refused(MOVE_NOT_ALLOWED)
    thing.status = step.target  # type: ignore[attr-defined]
    for column, value in columns.items():
        setattr(thing, column, value)
    label = model._meta.model_name
    record(f"{label}.{name}", thing, by=by, at=at, before=before, after=step.target, **(event or {}))
    return thing
