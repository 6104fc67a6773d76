"""A message is taken back, which leaves a trace."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from nakadachi.infra.events.record import record
from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.trust.messaging import policy
from nakadachi.trust.messaging.actions.writing import settle
from nakadachi.trust.messaging.models import Message, Seat, Thread


@transaction.atomic
def take_back(*, message: Message, by: Actor, at: datetime) -> Message:
    """Its words and files are shown to neither side any more; that something stood there is."""
    locked(Thread, id=message.thread_id)
    message = locked(Message, id=message.pk)[0]
    require(policy.can_take_back(by, message, at))
    message.taken_back_at = at
    message.save(update_fields=["taken_back_at"])
    Thread.objects.filter(pk=message.thread_id).update(taken_back_count=F("taken_back_count") + 1)
    for seat in Seat.objects.select_for_update().filter(thread=message.thread_id).exclude(member=message.author_id):
        settle(seat, seat.read_id)
    record("message.take_back", message, by=by, at=at, thread_id=message.thread_id)
    return message
