"""Reading roles: what somebody may do in the console."""

from django.db.models import Q

from nakadachi.kernel.actor import Actor
from nakadachi.people.models import Member
from nakadachi.people.roles.areas import OPENS
from nakadachi.people.roles.models import StaffRole


def role_of(member_id: int | None) -> StaffRole.Role:
    """The role of an operator; somebody who was one before there were roles may do everything."""
    row = StaffRole.objects.filter(pk=member_id).first()
    return StaffRole.Role(row.role) if row is not None else StaffRole.Role.ADMIN


def may(actor: Actor, area: str) -> bool:
    """Whether this actor works in that area of the console."""
    return actor.is_staff and area in OPENS[role_of(actor.id)]


def staff() -> list[tuple[Member, StaffRole.Role]]:
    """All operators with their roles, the oldest first."""
    found = Member.objects.filter(is_operator=True).select_related("staff_role").order_by("id")
    return [(member, _role(member)) for member in found]


def _role(member: Member) -> StaffRole.Role:
    row = getattr(member, "staff_role", None)
    return StaffRole.Role(row.role) if row is not None else StaffRole.Role.ADMIN


def is_last_admin(member_id: int) -> bool:
    """Whether nobody else could give roles if this operator left."""
    others = Member.objects.filter(is_operator=True).exclude(pk=member_id)
    admins = others.filter(Q(staff_role=None) | Q(staff_role__role=StaffRole.Role.ADMIN))
    return role_of(member_id) == StaffRole.Role.ADMIN and not admins.exists()
