"""One side has read."""

from datetime import datetime

from django.db import transaction

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.trust.messaging.actions.writing import settle
from nakadachi.trust.messaging.models import Seat, Thread


@transaction.atomic
def read(*, thread: Thread, until_id: int, by: Actor, at: datetime) -> Seat:
    """Everything up to a message has been seen; what came in since stays unread. Again, it changes nothing."""
    seat = Seat.objects.select_for_update().filter(thread=thread, member=by.id or 0).first()
    if seat is None or not by.is_member(seat.member_id):
        raise NotVisible
    return seat if until_id <= seat.read_id else settle(seat, until_id)
