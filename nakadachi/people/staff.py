"""Making somebody an operator, and ending it. From the command line; `roles.actions` does it from the console."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.models import DISPLAY_NAME_LENGTH_MAX, Member
from nakadachi.people.roles.models import StaffRole


@transaction.atomic
def make_operator(
    *, email: str, password: str, at: datetime, role: StaffRole.Role = StaffRole.Role.ADMIN
) -> tuple[Member, bool]:
    """Promote the member of that address, or register one with this password and a confirmed address.

    Somebody who is an operator already gets the role instead of the one they had.
    """
    member = Member.objects.select_for_update(no_key=True).filter(email__iexact=email).first()
    is_new = member is None
    if member is None:
        member = Member(email=email, display_name=email.partition("@")[0][:DISPLAY_NAME_LENGTH_MAX], joined_at=at)
        member.set_password(password)
    before = _role_of(member) if not is_new and member.is_operator else None
    if is_new or not member.is_operator:
        member.is_operator = True
        member.save()
    if before != role.value:
        StaffRole.objects.update_or_create(member=member, defaults={"role": role, "given_at": at})
        record("member.made_operator", member, by=SYSTEM, at=at, changes={"role": [before, role.value]})
    if is_new:
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    return member, is_new


@transaction.atomic
def end_operator(*, email: str, at: datetime) -> Member:
    """The member is a member like any other from now on; what they did as staff stays on record."""
    member = Member.objects.select_for_update(no_key=True).filter(email__iexact=email, is_operator=True).first()
    if member is None:
        raise NotVisible
    before = _role_of(member)
    member.is_operator = False
    member.save(update_fields=["is_operator"])
    StaffRole.objects.filter(member=member).delete()
    record("member.operator_ended", member, by=SYSTEM, at=at, changes={"role": [before, None]})
    return member


def _role_of(member: Member) -> str | None:
    row = StaffRole.objects.filter(pk=member.pk).first()
    return row.role if row is not None else None
