"""Who gives roles in the console, and what speaks against it."""

from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.people.models import Member
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import is_last_admin, may

REASON_LENGTH_MAX = 200
STAFF_ONLY = Refusal("staff_only", N_("Only the operator can do this."), 404)
OWN_ROLE = Refusal(
    "own_role",
    N_("You cannot change your own role, so that an administrator is always left. Please ask a colleague."),
    403,
)
NO_ROLE = Refusal("no_role", N_("You have no role in the console."))
LAST_ADMIN = Refusal(
    "last_admin", N_("You are the only administrator. Please name another one first, so that one is always left."), 403
)
SAME_ROLE = Refusal("same_role", N_("This is the role they have already."), 422, field="role")
CLOSED = Refusal("account_closed", N_("This account is closed."))
NO_MEMBER = Refusal(
    "no_such_member", N_("No member has this mail address. They have to register first."), 422, field="email"
)
ROLE_REASON_MISSING = Refusal("reason_missing", N_("Please enter a reason."), 422, field="reason")
ROLE_REASON_TOO_LONG = Refusal(
    "reason_too_long", N_("Please shorten the reason to %(length_max)s characters or fewer."), 422, field="reason"
)


def can_give(actor: Actor, member: Member) -> Refusal | None:
    """Administrators, never themselves: whoever takes a role from another keeps their own."""
    if not may(actor, areas.STAFF):
        return STAFF_ONLY
    if member.pk == actor.id:
        return OWN_ROLE
    return None if member.is_active else CLOSED


def can_resign(member_id: int) -> Refusal | None:
    """Any operator but the last administrator."""
    return LAST_ADMIN if is_last_admin(member_id) else None


def reason_refusal(reason: str) -> Refusal | None:
    """What speaks against a reason."""
    words = tidy_line(reason)
    if not words:
        return ROLE_REASON_MISSING
    return ROLE_REASON_TOO_LONG.with_params(length_max=REASON_LENGTH_MAX) if len(words) > REASON_LENGTH_MAX else None
