"""Reading sessions and second factors."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.access.models import Session
from nakadachi.people.access.presence import IDLE_MAX, LIFETIME_MAX
from nakadachi.people.models import Member
from nakadachi.people.roles.models import StaffRole

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(member_id: int) -> int:
    """How many second factors a member has; recovery codes alone are none."""
    return Authenticator.objects.filter(user=member_id, type__in=FACTORS).count()


def with_factors(member_ids: Sequence[int]) -> set[int]:
    """Those of several members who have a second factor."""
    found = Authenticator.objects.filter(user__in=member_ids, type__in=FACTORS)
    return set(found.values_list("user_id", flat=True))


def has_logged_in(member_id: int) -> bool:
    """Not for the first time since registering."""
    logins = Event.objects.filter(kind="session.started", subject_type="people.member", subject_id=member_id)
    return logins.exists()


def is_trusted_operator(member: Member) -> bool:
    """Works for the operator and logs in with a second factor: only then the console and members' files open."""
    return role_behind_factor(member) is not None


def role_behind_factor(member: Member) -> StaffRole.Role | None:
    """The role of an operator who logs in with a second factor, in one query; None for everybody else."""
    if not member.is_operator:
        return None
    factors = Authenticator.objects.filter(user=member.pk, type__in=FACTORS)
    roles = factors.values_list("user__staff_role__role", flat=True)[:1]
    return next((StaffRole.Role(role or StaffRole.Role.ADMIN) for role in roles), None)


def sessions_of(actor: Actor, member_id: int, at: datetime) -> list[Session]:
    """The living sessions of a member, the one seen last first; for the member and the operator's staff."""
    if not (actor.is_member(member_id) or actor.is_staff):
        raise NotVisible
    living = Session.objects.filter(
        member=member_id, expire_date__gt=at, seen_at__gt=at - IDLE_MAX, started_at__gt=at - LIFETIME_MAX
    )
    return list(living.defer("session_data").order_by("-seen_at", "token"))


def session_for(actor: Actor, token: UUID) -> Session:
    """A member's own session, or anybody's for staff; raises `NotVisible`."""
    found = Session.objects.filter(token=token, member__isnull=False).first()
    if found is None or not (actor.is_staff or actor.is_member(found.member_id)):
        raise NotVisible
    return found
