"""Where a claimed remainder went: once the transfer is settled, the bank account goes under lock like those before."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max, Q

from nakadachi.closing.erasing import engine, vault
from nakadachi.closing.models import Closing, Kept, Paper
from nakadachi.infra.timers import Due, Timer
from nakadachi.money.payouts.models import Payout

SETTLED_AFTER = timedelta(days=60)
"""A transfer can come back for some weeks."""


def _open(at: datetime, limit: int) -> Iterable[Due]:
    named = Payout.objects.filter(unclaimed_of__isnull=False).exclude(destination__number="")
    settled = named.filter(
        Q(status=Payout.Status.SENT, sent_at__lte=at - SETTLED_AFTER)
        | Q(status=Payout.Status.RETURNED, returned_at__lte=at)
        | Q(status=Payout.Status.CANCELLED, cancelled_at__lte=at)
    )
    return [(payout.requested_at, payout.pk) for payout in settled.order_by("requested_at", "pk")[:limit]]


def put_away(payout_id: int, at: datetime) -> bool:
    """The steps of the register once more: what they have done is done, what is new follows. Twice is once."""
    payout = Payout.objects.get(pk=payout_id)
    if payout.unclaimed_of is None or payout.destination["number"] == "":
        return False
    closing = Closing.objects.get(pk=payout.unclaimed_of)
    engine.erase(closing, at, again=True)
    papers = Paper.objects.filter(closing=closing)
    Kept.objects.filter(closing=closing, table=Paper._meta.db_table).delete()
    Kept.objects.create(
        closing=closing,
        table=Paper._meta.db_table,
        ground=vault.GROUND,
        rows=papers.count(),
        until_on=papers.aggregate(last=Max("until_on"))["last"],
    )
    return True


TIMERS = (Timer("accounts of claimed remainders put under lock", _open, put_away),)
