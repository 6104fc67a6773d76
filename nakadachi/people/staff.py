"""Making somebody an operator. Only the command line does this: no page can."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import SYSTEM
from nakadachi.people.models import DISPLAY_NAME_LENGTH_MAX, Member


@transaction.atomic
def make_operator(*, email: str, password: str, at: datetime) -> tuple[Member, bool]:
    """Promote the member of that address, or register one with this password and a confirmed address."""
    member = Member.objects.select_for_update(no_key=True).filter(email__iexact=email).first()
    is_new = member is None
    if member is None:
        member = Member(email=email, display_name=email.partition("@")[0][:DISPLAY_NAME_LENGTH_MAX], joined_at=at)
        member.set_password(password)
    if is_new or not member.is_operator:
        member.is_operator = True
        member.save()
        record("member.made_operator", member, by=SYSTEM, at=at)
    if is_new:
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    return member, is_new
