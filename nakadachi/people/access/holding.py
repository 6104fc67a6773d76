"""The rest of payouts after the mail address or the bank account has changed, or the
password was reset by mail: time for the owner to notice a theft.

How long it is stands in the rulebook, which is above this package: `config/wiring.py` fills `hours`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction

from nakadachi.infra.events.models import Event
from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.people.models import Member
from nakadachi.people.standing.locking import locked_standing
from nakadachi.people.standing.models import Standing
from nakadachi.people.standing.queries import standing_of

Why = Literal["bank", "email", "password"]
HELD = "member.payouts_held"

hours: list[Callable[[], int]] = []
"""How many hours a rest takes, by the rulebook in force."""


@dataclass(frozen=True)
class Rest:
    """Until when payouts rest, and after which change."""

    until: datetime
    why: str


@transaction.atomic
def hold_payouts(*, member: Member, why: Why, by: Actor, at: datetime) -> None:
    """Let payouts rest from now on. A rest that lasts longer is not made shorter."""
    length = timedelta(hours=max((ask() for ask in hours), default=0))
    standing = locked_standing(member.pk)
    until = at + length
    if not length or (standing.payouts_held_until and standing.payouts_held_until >= until):
        return
    standing.payouts_held_until = until
    standing.save(update_fields=["payouts_held_until"])
    record("member.payouts_held", member, by=by, at=at, why=why, until=until.isoformat())


def rest_of(member_id: int, at: datetime) -> Rest | None:
    """The rest that a member's payouts are in at a moment; at its very end it is over."""
    until = standing_of(member_id).payouts_held_until
    if until is None or until <= at:
        return None
    newest = Event.objects.filter(kind=HELD, subject_type="people.member", subject_id=member_id).order_by("-id").first()
    return Rest(until, newest.data["why"] if newest else "bank")


def held_ids(at: datetime) -> set[int]:
    """The members whose payouts rest at a moment."""
    return set(Standing.objects.filter(payouts_held_until__gt=at).values_list("pk", flat=True))
