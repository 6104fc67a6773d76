"""Suspending a member, and lifting it. Running work and earned money are never touched by it."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.models import Member
from nakadachi.people.standing import policy
from nakadachi.people.standing.locking import locked_standing
from nakadachi.people.standing.models import REASON_LENGTH_MAX, Standing


@transaction.atomic
def suspend(*, member: Member, reason: str, by: Actor, at: datetime) -> Standing:
    """From now on the member begins nothing new. The reason is kept, and the member reads it.

    Refused for one's own account, for a colleague's unless by an administrator, without a reason, and twice.
    """
    standing = locked_standing(member.pk)
    require(policy.can_sanction(by, member))
    words = tidy_text(reason)
    require(policy.reason_refusal(words, REASON_LENGTH_MAX))
    require(policy.ALREADY_SUSPENDED if standing.suspended_at else None)
    standing.suspended_at, standing.suspension_reason = at, words
    standing.save(update_fields=["suspended_at", "suspension_reason"])
    record("member.suspended", member, by=by, at=at, reason=words, changes={"suspended_at": [None, at.isoformat()]})
    return standing


@transaction.atomic
def lift(*, member: Member, reason: str, by: Actor, at: datetime) -> Standing:
    """The member may begin new work again. The reason is for the record; refused when nothing is suspended."""
    standing = locked_standing(member.pk)
    require(policy.can_sanction(by, member))
    words = tidy_text(reason)
    require(policy.reason_refusal(words, REASON_LENGTH_MAX))
    require(None if standing.suspended_at else policy.NOT_SUSPENDED)
    assert standing.suspended_at is not None
    before = standing.suspended_at.isoformat()
    standing.suspended_at, standing.suspension_reason = None, ""
    standing.save(update_fields=["suspended_at", "suspension_reason"])
    record("member.suspension_lifted", member, by=by, at=at, reason=words, changes={"suspended_at": [before, None]})
    return standing
