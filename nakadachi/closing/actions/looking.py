"""Looking at what still stands in the way: the account closes by itself with the last obstacle, and opens again when
one comes up while it can still be undone."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from nakadachi.closing import letters
from nakadachi.closing.actions.paying_out import request_last_payout
from nakadachi.closing.lifecycle import CLOSING
from nakadachi.closing.locking import lock_closing
from nakadachi.closing.models import Closing, Holdup
from nakadachi.closing.obstacle import Obstacle, count_of
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.profile import columns_of
from nakadachi.closing.remainder import stays_behind
from nakadachi.closing.stopping import stop_renewals
from nakadachi.infra.moves import move
from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money import rulebook
from nakadachi.people.models import Member
from nakadachi.people.standing import leaving

LOOKS_EVERY = timedelta(days=1)
"""At the latest. The worker also looks around all the time, and the date on which an obstacle clears is kept."""

AT_ONCE = 50


@transaction.atomic
def look(*, closing: Closing, at: datetime) -> Closing:
    """Stop what would be renewed, ask for the last payout when it is time, note what is in the way, close when nothing
    is. Safe to repeat."""
    member = Member.objects.get(closings=closing.pk)
    if Closing.objects.filter(pk=closing.pk, status=Closing.Status.RESERVED).exists():
        stop_renewals(member=member, by=Actor.member(member.pk), at=at)
    closing = lock_closing(closing.pk)
    if closing.status == Closing.Status.RESERVED:
        _look_at_reserved(closing, at)
    elif closing.status == Closing.Status.CLOSED:
        _look_at_closed(closing, at)
    return closing


def look_around(*, at: datetime) -> int:
    """The reserved closings that were looked at the longest ago; returns how many closed."""
    waiting = Closing.objects.filter(status=Closing.Status.RESERVED).order_by("looked_at", "pk")
    looked_at = [look(closing=Closing(pk=pk), at=at) for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]]
    return sum(closing.status == Closing.Status.CLOSED for closing in looked_at)


def in_the_way(closing: Closing, at: datetime) -> list[Obstacle]:
    """All obstacles, but for a balance that stays behind by consent."""
    found = obstacles_of(closing.member, at)
    return [one for one in found if not (one.code.startswith("balance.") and stays_behind(closing))]


def _look_at_reserved(closing: Closing, at: datetime) -> None:
    obstacles = in_the_way(closing, at)
    if _pay_out(closing, obstacles, at):
        obstacles = in_the_way(closing, at)
    _note(closing, obstacles, at)
    if obstacles:
        days = [one.clears_by for one in obstacles if one.clears_by is not None and one.clears_by > at]
        closing.looked_at, closing.look_at = at, min([*days, at + LOOKS_EVERY])
        closing.obstacles_count = count_of(obstacles)
        closing.save(update_fields=["looked_at", "look_at", "obstacles_count"])
        return
    erase_at = at + timedelta(days=rulebook.current().leaving.undo_days)
    move(
        closing, CLOSING, "close", by=SYSTEM, at=at, event={"member_id": closing.member_id},
        closed_at=at, erase_at=erase_at, looked_at=at, look_at=at + LOOKS_EVERY, obstacles_count=0,
        **columns_of(closing.member, at),
    )  # fmt: skip
    letters.write_closed(closing, at=at)
    leaving.shut(member=closing.member, by=SYSTEM, at=at)


def _look_at_closed(closing: Closing, at: datetime) -> None:
    """Money that comes back, or a payment the card company takes back, keeps the account from being erased."""
    obstacles = in_the_way(closing, at)
    if not obstacles:
        closing.looked_at, closing.look_at = at, at + LOOKS_EVERY
        closing.save(update_fields=["looked_at", "look_at"])
        return
    move(
        closing, CLOSING, "open_again", by=SYSTEM, at=at, event={"member_id": closing.member_id},
        closed_at=None, erase_at=None, looked_at=at, look_at=at, obstacles_count=count_of(obstacles),
    )  # fmt: skip
    _note(closing, obstacles, at)
    leaving.open_again(member=closing.member, by=SYSTEM, at=at)


def _pay_out(closing: Closing, obstacles: Sequence[Obstacle], at: datetime) -> bool:
    """The minimum is waived once nothing can come to the balance any more."""
    balance = [one for one in obstacles if one.code.startswith("balance.")]
    is_last = len(balance) == len(obstacles)
    if not balance or (not is_last and balance[0].code == "balance.lt_min"):
        return False
    try:
        with transaction.atomic():
            request_last_payout(member=closing.member, by=SYSTEM, at=at)
    except Refused:
        return False
    return True


def _note(closing: Closing, obstacles: Sequence[Obstacle], at: datetime) -> None:
    """Which codes hold this closing up, from when to when."""
    codes = {one.code for one in obstacles}
    open_ones = Holdup.objects.filter(closing=closing, cleared_at=None)
    open_ones.exclude(code__in=codes).update(cleared_at=at)
    known = set(open_ones.values_list("code", flat=True))
    Holdup.objects.bulk_create(
        [Holdup(closing=closing, code=code, seen_at=at) for code in sorted(codes - known)], ignore_conflicts=True
    )


def _due(at: datetime, limit: int) -> Iterable[Due]:
    waiting = Closing.objects.filter(status=Closing.Status.RESERVED, look_at__lte=at).order_by("look_at", "pk")
    return list(waiting.values_list("look_at", "pk")[:limit])


@transaction.atomic
def look_at_reserved(closing_id: int, at: datetime) -> bool:
    """The day has come on which something should have cleared, or a day has passed."""
    closing = lock_closing(closing_id)
    if closing.status != Closing.Status.RESERVED or at < closing.look_at:
        return False
    look(closing=closing, at=at)
    return True


def _due_again(at: datetime, limit: int) -> Iterable[Due]:
    waiting = Closing.objects.filter(status=Closing.Status.CLOSED, look_at__lte=at, look_at__lt=F("erase_at"))
    return list(waiting.order_by("look_at", "pk").values_list("look_at", "pk")[:limit])


@transaction.atomic
def look_at_closed(closing_id: int, at: datetime) -> bool:
    """Every day while it can be undone: whether anything has come up since the account closed."""
    closing = lock_closing(closing_id)
    if closing.status != Closing.Status.CLOSED or at < closing.look_at:
        return False
    look(closing=closing, at=at)
    return True


TIMERS = (
    Timer("reserved closings looked at", _due, look_at_reserved),
    Timer("closed accounts looked at", _due_again, look_at_closed),
)
