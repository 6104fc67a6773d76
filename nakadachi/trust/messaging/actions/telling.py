"""Whoever has not looked for some minutes is told, once for everything that waits."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.trust.messaging.models import Seat


@transaction.atomic
def tell(*, seat_id: int, at: datetime) -> bool:
    """Say that messages wait; not again before everything was read. False when nothing waits any more."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("thread").get(pk=seat_id)
    if seat.tell_at is None or at < seat.tell_at:
        return False
    seat.tell_at = None
    seat.save(update_fields=["tell_at"])
    record("thread.wait", seat.thread, by=SYSTEM, at=at, member_id=seat.member_id, count=seat.unread_count)
    return True


def _due(at: datetime, limit: int) -> Iterable[Due]:
    rows = Seat.objects.filter(tell_at__lte=at).order_by("tell_at", "pk").values_list("tell_at", "pk")[:limit]
    return [(due_at, pk) for due_at, pk in rows if due_at is not None]


WAITING_MESSAGES = Timer("members told of messages", _due, lambda pk, at: tell(seat_id=pk, at=at))
TIMERS = (WAITING_MESSAGES,)
