"""Named people. Each is one member of the database a test runs on, made when first asked for."""

from datetime import UTC, datetime

from nakadachi.kernel.actor import Actor
from nakadachi.people.models import Member
from nakadachi.people.roles.models import StaffRole
from tests import logins

JOINED = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"

HANAKO = "hanako@example.jp"
MINATO = "minato@example.jp"


def person(email: str, display_name: str, **fields: object) -> Member:
    """The member of that address; made on first use, able to log in."""
    known = Member.objects.filter(email=email).first()
    if known is not None:
        return known
    member = Member(email=email, display_name=display_name, joined_at=JOINED, **fields)
    member.set_password(PASSWORD)
    member.save()
    _confirm(member)
    _agree(member)
    if member.is_operator:
        logins.protect(member)
    return member


def _confirm(member: Member) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)


def _agree(member: Member) -> None:
    """As at the registration, without the events of it."""
    from nakadachi.people.agreements.kinds import AGREED
    from nakadachi.people.agreements.models import Acceptance, LegalText

    texts = LegalText.objects.filter(kind__in=AGREED, version=1)
    Acceptance.objects.bulk_create(
        Acceptance(member=member, text=text, sha256=text.sha256, at=JOINED) for text in texts
    )


def hanako() -> Member:
    """Writes articles; the worker of most stories."""
    return person(HANAKO, "はなこ", family_name="山田", given_name="花子", family_kana="ヤマダ", given_kana="ハナコ")


def minato() -> Member:
    """Runs a shop and orders articles; the client of most stories."""
    return person(MINATO, "湊商店", legal_form="corporation")


def ren() -> Member:
    """A second worker."""
    return person("ren@example.jp", "れん", family_name="佐藤", given_name="蓮")


def sakura() -> Member:
    """Has nothing to do with any of it."""
    return person("sakura@example.jp", "さくら")


def tanaka() -> Member:
    """Works for the operator."""
    return person("tanaka@example.jp", "田中(事務局)", is_operator=True)


def offices() -> dict[str, Member]:
    """One operator of each role."""
    return {role: _office(role) for role in StaffRole.Role.values}


def _office(role: str) -> Member:
    operator = person(f"{role}@example.jp", f"事務局({role})", is_operator=True)
    StaffRole.objects.get_or_create(member=operator, defaults={"role": role, "given_at": JOINED})
    return operator


def by(member: Member) -> Actor:
    """The member acting for themselves; operators act as staff."""
    return Actor.staff(member.pk) if member.is_operator else Actor.member(member.pk)
