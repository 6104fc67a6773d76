"""Erasing a closed account when the time to undo is over, and what the law kept when its term is."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from nakadachi.closing.actions.looking import look
from nakadachi.closing.erasing import engine, ledger_of_erasures, purging
from nakadachi.closing.lifecycle import CLOSING
from nakadachi.closing.locking import lock_closing
from nakadachi.closing.models import Closing, Kept
from nakadachi.closing.receipt import keys
from nakadachi.infra import erased
from nakadachi.infra.crash_points import reached
from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.calendar import end_of_day, jst_date
from nakadachi.money.payouts import actions as payouts
from nakadachi.trust.inquiries.models import Inquiry, Message

NO_ADDRESS = "left-inquiry@left.invalid"
"""As the register empties it; a letter must have one."""


def erase(*, closing: Closing, at: datetime) -> Closing:
    """Begin, or go on, and finish. Many transactions: whatever was interrupted is gone on with by the next call.

    Refused while the time to undo runs; nothing happens to what is erased already.
    """
    closing = _begun(closing.pk, at)
    if closing.status == Closing.Status.ERASING:
        reached("erasing.begun")
        engine.erase(closing, at)
        ledger_of_erasures.add(closing, at)
        reached("erasing.listed")
        closing = finish(closing=closing, at=at)
    return closing


@transaction.atomic
def _begun(closing_id: int, at: datetime) -> Closing:
    closing = lock_closing(closing_id)
    is_time = closing.erase_at is not None and closing.erase_at <= at
    if closing.status == Closing.Status.CLOSED and is_time:
        return begin_erasing(closing=closing, at=at)
    return closing


@transaction.atomic
def begin_erasing(*, closing: Closing, at: datetime) -> Closing:
    """From now on it cannot be undone. A balance that stays behind is owed to the holder of the receipt from here."""
    remainder_yen = payouts.leave_behind(member_id=closing.member_id, closing_id=closing.pk, at=at)
    event = {"member_id": closing.member_id, "remainder_yen": remainder_yen}
    return move(closing, CLOSING, "begin_erasing", by=SYSTEM, at=at, event=event, remainder_yen=remainder_yen)


@transaction.atomic
def finish(*, closing: Closing, at: datetime) -> Closing:
    """Nothing is left but what is written down here as kept. Whoever comes second finds it done."""
    closing = lock_closing(closing.pk)
    if closing.status == Closing.Status.ERASED:
        return closing
    engine.note_kept(closing, at)
    keys.remember(at=at)
    event = {"member_id": closing.member_id}
    return move(closing, CLOSING, "finish", by=SYSTEM, at=at, event=event, erased_at=at)


def purge(*, kept: Kept, at: datetime) -> bool:
    """Erase what one ground kept of one table, once its term is over."""
    if kept.purged_at is not None or kept.until_on >= jst_date(at):
        return False
    rows = purging.purge(kept, at)
    with transaction.atomic():
        if not Kept.objects.filter(pk=kept.pk, purged_at=None).update(purged_at=at):
            return False
        record("closing.purge", kept.closing, by=SYSTEM, at=at, table=kept.table, ground=kept.ground, rows=rows)
    return True


def _due(at: datetime, limit: int) -> Iterable[Due]:
    waiting = Closing.objects.filter(status__in=[Closing.Status.CLOSED, Closing.Status.ERASING], erase_at__lte=at)
    rows = waiting.order_by("erase_at", "pk").values_list("erase_at", "pk")[:limit]
    return [(erase_at, pk) for erase_at, pk in rows if erase_at is not None]


def _erase(closing_id: int, at: datetime) -> bool:
    """What has come up since the account closed, such as a payment taken back, stops it and opens the account again."""
    closing = look(closing=Closing(pk=closing_id), at=at)
    return erase(closing=closing, at=at).status == Closing.Status.ERASED


def _over(at: datetime, limit: int) -> Iterable[Due]:
    over = Kept.objects.filter(purged_at=None, until_on__lt=jst_date(at)).order_by("until_on", "pk")
    return [(end_of_day(until_on), pk) for until_on, pk in over.values_list("until_on", "pk")[:limit]]


def _purge(kept_id: int, at: datetime) -> bool:
    return purge(kept=Kept.objects.select_related("closing").get(pk=kept_id), at=at)


def _settled(at: datetime, limit: int) -> Iterable[Due]:
    waiting = Inquiry.objects.filter(name=erased.NAME, status=Inquiry.Status.CLOSED, closed_at__lte=at)
    rows = waiting.exclude(email=NO_ADDRESS).order_by("closed_at", "pk").values_list("closed_at", "pk")[:limit]
    return [(closed_at, pk) for closed_at, pk in rows if closed_at is not None]


@transaction.atomic
def forget_letter(inquiry_id: int, at: datetime) -> bool:
    """A question of somebody who left is settled: address and words go before their term."""
    settled = Inquiry.objects.filter(pk=inquiry_id, name=erased.NAME, status=Inquiry.Status.CLOSED)
    if not settled.exclude(email=NO_ADDRESS).update(email=NO_ADDRESS, excerpt="–"):
        return False
    Message.objects.filter(inquiry=inquiry_id).update(text="–")
    return True


TIMERS = (
    Timer("closed accounts erased", _due, _erase),
    Timer("kept data purged", _over, _purge),
    Timer("letters of those who left forgotten", _settled, forget_letter),
)
