"""Who may end whose sessions."""

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal

NOT_YOUR_SESSION = Refusal("not_your_session", N_("Only the member can log this device out."), 404)


def can_end_sessions(actor: Actor, member_id: int) -> Refusal | None:
    """The member, the operator's staff, and the system after a change of password or second factor."""
    return None if actor.is_member(member_id) or actor.is_staff or actor.is_system else NOT_YOUR_SESSION
