"""Identity and phone: a member asks for the check, the operator confirms or refuses it with a reason."""

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

WHAT = ("identity", "phone")


@transaction.atomic
def ask_check(*, member: Member, what: str, by: Actor, at: datetime) -> Standing:
    """The member asks to be checked; asked already or confirmed, it changes nothing."""
    standing = locked_standing(member.pk)
    require(None if by.is_member(member.pk) else policy.NOT_YOURS)
    if getattr(standing, what) in {Standing.Check.ASKED, Standing.Check.CONFIRMED}:
        return standing
    return _set(standing, what, Standing.Check.ASKED, by=by, at=at)


@transaction.atomic
def confirm_check(*, member: Member, what: str, by: Actor, at: datetime) -> Standing:
    """What the member showed is right. Refused for oneself, and when nothing waits to be checked."""
    standing = locked_standing(member.pk)
    require(policy.can_check(by, standing, what))
    return _set(standing, what, Standing.Check.CONFIRMED, by=by, at=at)


@transaction.atomic
def refuse_check(*, member: Member, what: str, reason: str, by: Actor, at: datetime) -> Standing:
    """It could not be confirmed; the member reads the reason and may ask again."""
    standing = locked_standing(member.pk)
    require(policy.can_check(by, standing, what))
    words = tidy_text(reason)
    require(policy.reason_refusal(words, REASON_LENGTH_MAX))
    return _set(standing, what, Standing.Check.REFUSED, by=by, at=at, reason=words)


def _set(
    standing: Standing, what: str, after: Standing.Check, *, by: Actor, at: datetime, reason: str = ""
) -> Standing:
    before = getattr(standing, what)
    setattr(standing, what, after)
    setattr(standing, f"{what}_at", at)
    standing.save(update_fields=[what, f"{what}_at"])
    data = {"what": what, "changes": {what: [before, after.value]}, **({"reason": reason} if reason else {})}
    if after == Standing.Check.ASKED:
        record("member.check_asked", standing.member, by=by, at=at, **data)
    elif after == Standing.Check.CONFIRMED:
        record("member.check_confirmed", standing.member, by=by, at=at, **data)
    else:
        record("member.check_refused", standing.member, by=by, at=at, **data)
    return standing
