"""Whether a member may begin something new. Running work is never stopped by a standing."""

from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.people.standing.queries import is_blocked_between, standing_of

SUSPENDED = Refusal(
    "suspended",
    N_("Your account is suspended, so nothing new can be begun. Running work and your rewards are not affected."),
    403,
)
LEAVING = Refusal(
    "leaving",
    N_("You have reserved closing your account, so nothing new can be begun. You can undo the reservation any time."),
)
BLOCKED = Refusal("cannot_deal", N_("You cannot begin new work with this member."), 403)


def can_begin(member_id: int) -> Refusal | None:
    """New postings, proposals, offers and contracts: not while suspended or leaving."""
    standing = standing_of(member_id)
    if standing.suspended_at is not None:
        return SUSPENDED
    return LEAVING if standing.leaving_at is not None else None


def can_deal(member_id: int, other_id: int) -> Refusal | None:
    """New work between two members: not when either blocked the other. Does not say which."""
    return BLOCKED if is_blocked_between(member_id, other_id) else None
