"""The second factor of the demo's operator, open to every visitor: only a demo has it, and its secret is no secret."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from nakadachi.demo.content import people
from nakadachi.people.access import codes
from nakadachi.people.access.queries import factors_of
from nakadachi.people.models import Member

SECRET = "NAKADACHIDEMO234NAKADACHIDEMO234"  # noqa: S105  printed at every start of a demo


def give(member: Member) -> None:
    """Add the authenticator app to the operator's account."""
    TOTP.activate(member, SECRET)


def give_who_has_none() -> None:
    """Operators of a demo that was loaded before they needed a second factor."""
    for member in Member.objects.filter(email__in=[who.email for who in people() if who.is_operator]):
        if not factors_of(member.pk):
            give(member)


def next_code(email: str, at: datetime) -> str:
    """The next code that was not used yet and is taken now; empty when the next half minute must be awaited."""
    row = Authenticator.objects.filter(user__email=email, type=Authenticator.Type.TOTP).first()
    used = row.data.get("used_count", 0) if row else 0
    return next((codes.code_of(SECRET, count) for count in codes.counts_around(at) if count > used), "")
