"""An account on its way out: reserved, shut, and back again. What decides about it is `closing`, far above.

Whoever begins something new holds the door of both members open (`policy.can_begin`, `policy.together`) until the end
of the transaction. Reserving waits for them, so that nothing begins behind its back: what had begun is an obstacle.
"""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.people import veil
from nakadachi.people.access.models import Session
from nakadachi.people.models import Member
from nakadachi.people.standing.locking import bar, locked_standing


@transaction.atomic
def reserve(*, member: Member, by: Actor, at: datetime) -> None:
    """From now on the member begins nothing new. Waits until what is being begun is done."""
    bar(member.pk)
    standing = locked_standing(member.pk)
    standing.leaving_at = at
    standing.save(update_fields=["leaving_at"])
    record("member.leaving", member, by=by, at=at, changes={"leaving_at": [None, at.isoformat()]})


@transaction.atomic
def shut(*, member: Member, by: Actor, at: datetime) -> None:
    """Nobody logs in to this account any more: every session ends at once, nothing is told to it, nobody sees it."""
    locked_standing(member.pk)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    veil.draw(member)
    sessions, _ = Session.objects.filter(member=member).delete()
    record("member.shut", member, by=by, at=at, sessions=sessions, changes={"is_active": [True, False]})


@transaction.atomic
def open_again(*, member: Member, by: Actor, at: datetime) -> None:
    """The member can log in again; closing the account stays reserved."""
    locked_standing(member.pk)
    Member.objects.filter(pk=member.pk).update(is_active=True)
    veil.lift(member)
    record("member.opened_again", member, by=by, at=at, changes={"is_active": [False, True]})


@transaction.atomic
def stay(*, member: Member, by: Actor, at: datetime) -> None:
    """The member stays: everything is as it was before."""
    standing = locked_standing(member.pk)
    before = standing.leaving_at.isoformat() if standing.leaving_at else None
    standing.leaving_at = None
    standing.save(update_fields=["leaving_at"])
    Member.objects.filter(pk=member.pk).update(is_active=True)
    veil.lift(member)
    record("member.stayed", member, by=by, at=at, changes={"leaving_at": [before, None]})
