"""Who may leave, and until when one can come back. Nothing that is open ever keeps anybody from reserving."""

from datetime import datetime

from nakadachi.closing import refusals
from nakadachi.closing.models import REASON_LENGTH_MAX, Closing
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refusal
from nakadachi.people.models import Member


def can_leave(actor: Actor, member: Member) -> Refusal | None:
    """The member alone, in every state of their work and money."""
    return None if actor.is_member(member.pk) else refusals.NOT_YOURS


def words_refusal(reason: str, reason_text: str) -> Refusal | None:
    """What speaks against the reason as it was given; it may be empty."""
    if reason not in Closing.Reason.values:
        return refusals.BAD_REASON
    if len(reason_text) > REASON_LENGTH_MAX:
        return refusals.REASON_TOO_LONG.with_params(length_max=REASON_LENGTH_MAX)
    return None


def can_undo(actor: Actor, closing: Closing, at: datetime) -> Refusal | None:
    """The member, at any time before the account has closed, and for some days after."""
    if not actor.is_member(closing.member_id):
        return refusals.NOT_YOURS
    if closing.status == Closing.Status.UNDONE:
        return refusals.NOT_OPEN
    is_late = closing.erase_at is not None and at >= closing.erase_at
    return None if closing.is_open and not is_late else refusals.TOO_LATE


def can_change(actor: Actor, closing: Closing) -> Refusal | None:
    """What was agreed to may change while the account is not closed yet."""
    if not actor.is_member(closing.member_id):
        return refusals.NOT_YOURS
    return None if closing.status == Closing.Status.RESERVED else refusals.NOT_OPEN
