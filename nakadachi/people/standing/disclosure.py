"""Looking at what the console otherwise hides: contact details and bank accounts, each time with a reason on record."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.models import Member
from nakadachi.people.roles import areas
from nakadachi.people.standing import policy

REASON_LENGTH_MAX = 200


@transaction.atomic
def disclose_contact(*, member: Member, reason: str, by: Actor, at: datetime) -> Member:
    """Address and legal name may be read once; who, why and when stays in the trail of the member."""
    require(policy.can_disclose(by, areas.MEMBERS))
    return _note("contact", member=member, reason=reason, by=by, at=at)


@transaction.atomic
def disclose_bank_account(*, member: Member, reason: str, by: Actor, at: datetime) -> Member:
    """The same for the whole bank account."""
    require(policy.can_disclose(by, areas.BANK))
    return _note("bank_account", member=member, reason=reason, by=by, at=at)


@transaction.atomic
def take_audit_log(*, member: Member, wanted: dict[str, str], by: Actor, at: datetime) -> Member:
    """Somebody takes the audit log away as a file: `member` is who it is, `wanted` what it was narrowed to."""
    require(policy.can_disclose(by, areas.AUDIT))
    record("member.exported", member, by=by, at=at, wanted=wanted)
    return member


def _note(what: str, *, member: Member, reason: str, by: Actor, at: datetime) -> Member:
    words = tidy_line(reason)
    require(policy.reason_refusal(words, REASON_LENGTH_MAX))
    record("member.viewed", member, by=by, at=at, what=what, reason=words)
    return member
