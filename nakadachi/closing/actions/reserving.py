"""「退会を予約する」 and 「退会する」: one action. The account closes when nothing stands in the way, be it at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.closing import policy, refusals
from nakadachi.closing.actions.looking import look
from nakadachi.closing.locking import lock_closing
from nakadachi.closing.models import Closing
from nakadachi.closing.stopping import stop_renewals
from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.models import Member
from nakadachi.people.standing import leaving
from nakadachi.people.standing.locking import bar


def reserve(
    *,
    member: Member,
    reason: str,
    reason_text: str,
    consents: bool,
    leaves_remainder: bool,
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Closing:
    """Begin to leave; closes at once when nothing stands in the way. The same key again answers with the first.

    Two transactions: once the first is committed nothing new can begin, so that the look of the second sees all there
    is. A process that dies in between is made good by the next look.
    """
    closing = _reserve(
        member=member,
        reason=reason,
        reason_text=reason_text,
        consents=consents,
        leaves_remainder=leaves_remainder,
        request_key=request_key,
        by=by,
        at=at,
    )
    stop_renewals(member=member, by=by, at=at)
    return look(closing=closing, at=at)


@transaction.atomic
def _reserve(
    *,
    member: Member,
    reason: str,
    reason_text: str,
    consents: bool,
    leaves_remainder: bool,
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Closing:
    require(policy.can_leave(by, member))
    bar(member.pk)
    if known := Closing.objects.filter(request_key=request_key).first():
        require(None if known.member_id == member.pk else refusals.KEY_REUSED)
        return known
    words = tidy_text(reason_text)
    require(policy.words_refusal(reason, words))
    require(None if consents else refusals.CONSENT_MISSING)
    is_open = Closing.objects.filter(member=member).exclude(status=Closing.Status.UNDONE).exists()
    require(refusals.ALREADY if is_open else None)
    leaving.reserve(member=member, by=by, at=at)
    closing = Closing.objects.create(
        member=member,
        reason=reason,
        reason_text=words,
        leaves_remainder=leaves_remainder,
        asked_at=at,
        looked_at=at,
        look_at=at,
        request_key=request_key,
    )
    record("closing.reserve", closing, by=by, at=at, member_id=member.pk, reason=reason)
    return closing


@transaction.atomic
def change_consent(*, closing: Closing, leaves_remainder: bool, by: Actor, at: datetime) -> Closing:
    """Agree, or no longer, that a balance without a bank account stays behind to be claimed later."""
    closing = lock_closing(closing.pk)
    require(policy.can_change(by, closing))
    if closing.leaves_remainder != leaves_remainder:
        closing.leaves_remainder = leaves_remainder
        closing.save(update_fields=["leaves_remainder"])
        changes = {"leaves_remainder": [not leaves_remainder, leaves_remainder]}
        record("closing.consent", closing, by=by, at=at, member_id=closing.member_id, changes=changes)
    return closing
