"""A payer opened the form of a payment and left: after some days the attempt is over, by itself."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.money.payments.lifecycle import PAYMENT
from nakadachi.money.payments.models import Payment

LEFT_AFTER = timedelta(days=7)
"""A form that lies open for so long is not come back to; who does gets a new attempt."""


@transaction.atomic
def lapse(*, payment_id: int, at: datetime) -> bool:
    """End an attempt that the provider never heard of. False when its time is not over, or the card was charged."""
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if not PAYMENT.allows(payment.status, "lapse") or at < payment.created_at + LEFT_AFTER:
        return False
    move(payment, PAYMENT, "lapse", by=SYSTEM, at=at, decline_code="not_confirmed")
    return True


def _left(at: datetime, limit: int) -> Iterable[Due]:
    rows = Payment.objects.filter(status="created", created_at__lte=at - LEFT_AFTER).order_by("created_at", "pk")
    return [(created_at + LEFT_AFTER, pk) for created_at, pk in rows.values_list("created_at", "pk")[:limit]]


TIMERS = (Timer("payment forms left", _left, lambda pk, at: lapse(payment_id=pk, at=at)),)
