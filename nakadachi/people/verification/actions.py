"""Asking to be confirmed, with what is needed for it."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nakadachi.infra.files import actions as files
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.text import digits, tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal, Refused, require
from nakadachi.people.models import Member
from nakadachi.people.policy import can_change
from nakadachi.people.standing.checking import ask_check
from nakadachi.people.standing.locking import locked_standing
from nakadachi.people.standing.models import Standing
from nakadachi.people.verification.models import SAID_LENGTH_MAX, Evidence

PICTURES_MAX = 3
_PHONE = re.compile(r"0\d{9,10}")

ALREADY = Refusal("check_already", N_("This is being checked or confirmed already."))
NAME_MISSING = Refusal("check_name_missing", N_("Please enter your name as in the document."), 422, field="said")
PICTURES = Refusal(
    "check_pictures", N_("Please add 1 to %(count)s pictures of the document."), 422, field="files"
).with_params(count=PICTURES_MAX)
BAD_PHONE = Refusal(
    "check_bad_phone",
    N_("Please enter a Japanese phone number of 10 or 11 digits, beginning with 0."),
    422,
    field="said",
)


@transaction.atomic
def ask_identity(*, member: Member, name: str, pictures: Sequence[Incoming], by: Actor, at: datetime) -> Evidence:
    """Show a document with one's name. Refused while it is being checked and after it was confirmed."""
    _can_ask(member, "identity", by)
    said = tidy_line(name)[:SAID_LENGTH_MAX]
    require(None if said else NAME_MISSING)
    require(None if 1 <= len(pictures) <= PICTURES_MAX else PICTURES)
    made = Evidence.objects.create(member=member, what="identity", said=said, asked_at=at)
    files.store(pictures, owner=made, by=by, at=at)
    ask_check(member=member, what="identity", by=by, at=at)
    return made


@transaction.atomic
def ask_phone(*, member: Member, number: str, by: Actor, at: datetime) -> Evidence:
    """Leave a number to be called at."""
    _can_ask(member, "phone", by)
    plain = digits(number)
    if not _PHONE.fullmatch(plain):
        raise Refused(BAD_PHONE)
    made = Evidence.objects.create(member=member, what="phone", said=plain, asked_at=at)
    ask_check(member=member, what="phone", by=by, at=at)
    return made


def _can_ask(member: Member, what: str, by: Actor) -> None:
    require(can_change(by, member))
    standing = locked_standing(member.pk)
    if getattr(standing, what) in {Standing.Check.ASKED, Standing.Check.CONFIRMED}:
        raise Refused(ALREADY)
