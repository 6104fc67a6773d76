"""Ending sessions, and what else happens to the safety of an account."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.access.holding import hold_payouts
from nakadachi.people.access.models import Session
from nakadachi.people.access.policy import can_end_sessions
from nakadachi.people.models import Member


@transaction.atomic
def end_session(*, session: Session, by: Actor, at: datetime) -> None:
    """Log one device out. Its next request is a visitor's. Ending it again changes nothing."""
    assert session.member is not None, "a visitor's session is nobody's to end"
    require(can_end_sessions(by, session.member.pk))
    gone, _ = Session.objects.filter(pk=session.pk).delete()
    if gone:
        record("session.ended", session.member, by=by, at=at, device=session.device, address=session.address)


@transaction.atomic
def end_sessions(*, member: Member, but_key: str | None, by: Actor, at: datetime) -> int:
    """Log out every device, except the one that holds the session `but_key`. Answers with how many."""
    require(can_end_sessions(by, member.pk))
    ended = Session.objects.filter(member=member).exclude(session_key=but_key or "")
    count, _ = ended.delete()
    if count:
        record("session.others_ended", member, by=by, at=at, count=count)
    return count


@transaction.atomic
def note_login(*, member: Member, device: str, address: str, by: Actor, at: datetime) -> None:
    """Write down that somebody logged in, and from what."""
    record("session.started", member, by=by, at=at, device=device, address=address)


@transaction.atomic
def note_factor(*, member: Member, what: str, kind: str, by: Actor, at: datetime) -> None:
    """Write down that a second factor was added, removed or made anew."""
    record(f"member.mfa_{what}", member, by=by, at=at, factor=kind)


@transaction.atomic
def note_password(*, member: Member, by: Actor, at: datetime) -> None:
    """Write down that the password is another one now."""
    record("member.password_changed", member, by=by, at=at)


@transaction.atomic
def note_reset(*, member: Member, by: Actor, at: datetime) -> None:
    """The password is another one, and the old one was not asked for, only the mailbox: payouts rest for a while."""
    note_password(member=member, by=by, at=at)
    hold_payouts(member=member, why="password", by=by, at=at)


@transaction.atomic
def note_email(*, member: Member, before: str, after: str, by: Actor, at: datetime) -> None:
    """Write down that the mail address is another one now; payouts rest for a while."""
    record("member.email_changed", member, by=by, at=at, changes={"email": [_masked(before), _masked(after)]})
    hold_payouts(member=member, why="email", by=by, at=at)


def _masked(email: str) -> str:
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}***@{domain}"
