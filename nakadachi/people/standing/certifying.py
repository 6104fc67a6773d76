"""Certified by decision of the operator: what it opens is asked where it is needed; running work is never touched."""

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
def certify(*, member: Member, reason: str, by: Actor, at: datetime) -> Standing:
    """From now on the member is certified. The reason is for the record.

    Refused for one's own account, for a colleague's unless by an administrator, without a reason, twice, and while the
    member may begin nothing new: it would promise what they could not use.
    """
    standing = locked_standing(member.pk)
    require(policy.can_certify(by, member, standing))
    words = tidy_text(reason)
    require(policy.reason_refusal(words, REASON_LENGTH_MAX))
    standing.certified_at = at
    standing.save(update_fields=["certified_at"])
    record("member.certified", member, by=by, at=at, reason=words, changes={"certified_at": [None, at.isoformat()]})
    return standing


@transaction.atomic
def withdraw_certification(*, member: Member, reason: str, by: Actor, at: datetime) -> Standing:
    """The member is not certified any more, and reads the reason. Places taken before are kept, answers are paid.

    Refused for one's own account, for a colleague's unless by an administrator, without a reason, and when there is
    nothing to withdraw.
    """
    standing = locked_standing(member.pk)
    require(policy.can_withdraw_certification(by, member, standing))
    words = tidy_text(reason)
    require(policy.reason_refusal(words, REASON_LENGTH_MAX))
    assert standing.certified_at is not None
    before = standing.certified_at.isoformat()
    standing.certified_at = None
    standing.save(update_fields=["certified_at"])
    changes = {"certified_at": [before, None]}
    record("member.certification_withdrawn", member, by=by, at=at, reason=words, changes=changes)
    return standing
