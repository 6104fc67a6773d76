"""Giving a member a role in the console, another one, or none."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.models import Member
from nakadachi.people.roles import policy
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.roles.queries import role_of


@transaction.atomic
def give_role(*, member: Member, role: StaffRole.Role | None, reason: str, by: Actor, at: datetime) -> Member:
    """From now on the member works in the console with this role; with None, no longer.

    Refused for anybody but administrators, for oneself, without a reason, and for the role they have. All operators are
    locked: of two administrators who take each other's role one is too late, so one is always left.
    """
    operators = Member.objects.select_for_update(no_key=True).filter(is_operator=True).order_by("pk")
    everybody = {operator.pk: operator for operator in operators}
    member = everybody.get(member.pk) or Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(policy.STAFF_ONLY if by.id not in everybody else policy.can_give(by, member))
    require(policy.reason_refusal(reason))
    before = role_of(member.pk) if member.is_operator else None
    require(policy.SAME_ROLE if before == role else None)
    member.is_operator = role is not None
    member.save(update_fields=["is_operator"])
    if role is None:
        StaffRole.objects.filter(member=member).delete()
    else:
        StaffRole.objects.update_or_create(member=member, defaults={"role": role, "given_at": at})
    kind = "member.made_operator" if role is not None else "member.operator_ended"
    changes = {"role": [before and before.value, role and role.value]}
    record(kind, member, by=by, at=at, reason=tidy_line(reason), changes=changes)
    return member


@transaction.atomic
def resign(*, by: Actor, at: datetime) -> Member:
    """An operator lays the own role down. Once; the last administrator names another one first."""
    operators = Member.objects.select_for_update(no_key=True).filter(is_operator=True).order_by("pk")
    member = {operator.pk: operator for operator in operators}.get(by.id or 0)
    require(policy.NO_ROLE if member is None else policy.can_resign(member.pk))
    assert member is not None
    before = role_of(member.pk)
    member.is_operator = False
    member.save(update_fields=["is_operator"])
    StaffRole.objects.filter(member=member).delete()
    record("member.operator_ended", member, by=by, at=at, changes={"role": [before.value, None]})
    return member
