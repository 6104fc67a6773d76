"""Whether a member may begin something new. Running work is never stopped by a standing."""

from dataclasses import dataclass

from nakadachi.infra.queue import outside_transaction
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.people.models import Member
from nakadachi.people.roles import areas
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.roles.queries import may, role_of
from nakadachi.people.standing.locking import hold_open
from nakadachi.people.standing.models import Standing
from nakadachi.people.standing.queries import between, is_blocked_between, standing_of

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
STAFF_ONLY = Refusal("staff_only", N_("Only the operator can do this."), 404)
OWN_ACCOUNT = Refusal("own_account", N_("You cannot do this to your own account. Please ask a colleague."), 403)
COLLEAGUE = Refusal("colleague", N_("Only an administrator can do this to an account of the operator."), 403)
ALREADY_SUSPENDED = Refusal("already_suspended", N_("This member is suspended already."))
NOT_YOURS = Refusal("not_yours", N_("Only the member can change this."), 404)
NOTHING_TO_CHECK = Refusal(
    "nothing_to_check", N_("Nothing waits to be checked here; a colleague may have been faster.")
)
ALREADY_CERTIFIED = Refusal("already_certified", N_("This member is certified already."))
NOT_CERTIFIED = Refusal("not_certified", N_("This member is not certified."))
CERTIFY_SUSPENDED = Refusal(
    "certify_suspended", N_("This member is suspended. Please lift the suspension first, if they are to be certified.")
)
CERTIFY_LEAVING = Refusal(
    "certify_leaving", N_("This member is leaving, so nothing new can be begun with a certification.")
)
NOT_SUSPENDED = Refusal("not_suspended", N_("This member is not suspended."))
REASON_MISSING = Refusal("reason_missing", N_("Please enter a reason."), 422, field="reason")
REASON_TOO_LONG = Refusal(
    "reason_too_long", N_("Please shorten the reason to %(length_max)s characters or fewer."), 422, field="reason"
)
NOTE_MISSING = Refusal("note_missing", N_("Please enter the note."), 422, field="text")
NOTE_TOO_LONG = Refusal(
    "note_too_long", N_("Please shorten the note to %(length_max)s characters or fewer."), 422, field="text"
)


def can_begin(member_id: int) -> Refusal | None:
    """New postings, proposals, offers and contracts: not while suspended or leaving. In a transaction it stays so."""
    hold_open(member_id)
    return resting(standing_of(member_id))


def resting(standing: Standing) -> Refusal | None:
    """The same for a standing that was read already."""
    if standing.suspended_at is not None:
        return SUSPENDED
    return LEAVING if standing.leaving_at is not None else None


def can_deal(member_id: int, other_id: int) -> Refusal | None:
    """New work between two members: not when either blocked the other. Does not say which."""
    return BLOCKED if is_blocked_between(member_id, other_id) else None


@dataclass(frozen=True)
class Together:
    """What keeps two members from beginning something: on one's own side, on the other's, or a block between them."""

    own: Refusal | None
    other: Refusal | None
    block: Refusal | None


def together(member_id: int, other_id: int) -> Together:
    """`can_begin` of both and `can_deal`. In a transaction it stays so until its end."""
    found = between(member_id, other_id, hold_open=not outside_transaction())
    return Together(resting(found.one), resting(found.other), BLOCKED if found.is_blocked else None)


def can_sanction(actor: Actor, member: Member) -> Refusal | None:
    """The operator's people for sanctions; nobody themselves, and colleagues only by an administrator."""
    return _may_decide(actor, member, areas.SANCTIONS)


def can_certify(actor: Actor, member: Member, standing: Standing) -> Refusal | None:
    """The operator's people for checks, as with sanctions; once, and somebody who may begin something new."""
    if refusal := _may_decide(actor, member, areas.CHECKS):
        return refusal
    if standing.certified_at is not None:
        return ALREADY_CERTIFIED
    if standing.suspended_at is not None:
        return CERTIFY_SUSPENDED
    return CERTIFY_LEAVING if standing.leaving_at is not None else None


def can_withdraw_certification(actor: Actor, member: Member, standing: Standing) -> Refusal | None:
    """The same people, from whoever is certified."""
    if refusal := _may_decide(actor, member, areas.CHECKS):
        return refusal
    return NOT_CERTIFIED if standing.certified_at is None else None


def _may_decide(actor: Actor, member: Member, area: str) -> Refusal | None:
    if not may(actor, area):
        return STAFF_ONLY
    if member.pk == actor.id:
        return OWN_ACCOUNT
    return COLLEAGUE if member.is_operator and role_of(actor.id) != StaffRole.Role.ADMIN else None


def can_note(actor: Actor) -> Refusal | None:
    """Whoever works with members."""
    return None if may(actor, areas.MEMBERS) else STAFF_ONLY


def can_disclose(actor: Actor, area: str) -> Refusal | None:
    """Contact details for those who work with members, bank accounts for those who pay."""
    return None if may(actor, area) else STAFF_ONLY


def reason_refusal(reason: str, length_max: int) -> Refusal | None:
    """What speaks against a tidied reason."""
    if not reason:
        return REASON_MISSING
    return REASON_TOO_LONG.with_params(length_max=length_max) if len(reason) > length_max else None


def note_refusal(text: str, length_max: int) -> Refusal | None:
    """What speaks against a tidied note."""
    if not text:
        return NOTE_MISSING
    return NOTE_TOO_LONG.with_params(length_max=length_max) if len(text) > length_max else None


def can_check(actor: Actor, standing: Standing, what: str) -> Refusal | None:
    """The operator's people for checks, never for themselves, while the member waits for it."""
    if not may(actor, areas.CHECKS):
        return STAFF_ONLY
    if standing.member_id == actor.id:
        return OWN_ACCOUNT
    return None if getattr(standing, what) == Standing.Check.ASKED else NOTHING_TO_CHECK
