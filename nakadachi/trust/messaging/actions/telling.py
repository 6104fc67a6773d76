"""Whoever has not looked for some minutes is told, once for everything that waits."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.timers import Timer, by_column
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


WAITING_MESSAGES = Timer(
    "members told of messages",
    by_column(Seat.objects.all, "tell_at"),
    lambda pk, at: tell(seat_id=pk, at=at),
)
TIMERS = (WAITING_MESSAGES,)
