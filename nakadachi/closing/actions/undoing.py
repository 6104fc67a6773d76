"""Coming back: in one click, before the account has closed and for some days after."""

from datetime import datetime

from django.db import transaction

from nakadachi.closing import policy
from nakadachi.closing.lifecycle import CLOSING
from nakadachi.closing.locking import lock_closing
from nakadachi.closing.models import Closing, Holdup
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.standing import leaving


@transaction.atomic
def undo(*, closing: Closing, by: Actor, at: datetime) -> Closing:
    """The account is as it was before. What was ended meanwhile stays ended: contracts, proposals, postings.

    Refused once the time is over, and when it was undone already.
    """
    closing = lock_closing(closing.pk)
    require(policy.can_undo(by, closing, at))
    event = {"member_id": closing.member_id}
    move(closing, CLOSING, "undo", by=by, at=at, event=event, undone_at=at, closed_at=None, erase_at=None)
    Holdup.objects.filter(closing=closing, cleared_at=None).update(cleared_at=at)
    leaving.stay(member=closing.member, by=by, at=at)
    return closing
