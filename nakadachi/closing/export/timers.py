"""What happens to exports by the clock."""

from collections.abc import Iterable
from datetime import datetime

from nakadachi.closing.export import actions, policy
from nakadachi.closing.export.models import RUNNING, Export
from nakadachi.infra.timers import Due, Timer


def _to_remove(at: datetime, limit: int) -> Iterable[Due]:
    ready = Export.objects.filter(status=Export.Status.READY, expires_at__lte=at)
    return [(due_at, pk) for due_at, pk in ready.order_by("expires_at").values_list("expires_at", "pk")[:limit]]


def _too_long(at: datetime, limit: int) -> Iterable[Due]:
    running = Export.objects.filter(status__in=RUNNING, asked_at__lte=at - policy.RUNS_AT_MOST)
    asked = running.order_by("asked_at").values_list("asked_at", "pk")[:limit]
    return [(asked_at + policy.RUNS_AT_MOST, pk) for asked_at, pk in asked]


TIMERS = (
    Timer("export.expire", _to_remove, lambda pk, at: actions.expire(export_id=pk, at=at)),
    Timer("export.give_up", _too_long, lambda pk, at: actions.give_up(export_id=pk, at=at)),
)
