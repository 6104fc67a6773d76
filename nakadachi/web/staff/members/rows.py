"""A member on a list: no more than is needed to find the right one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import pgettext

from nakadachi.people.models import Member
from nakadachi.people.standing.models import Standing

SHOWN_LETTERS = 2


@dataclass(frozen=True)
class Row:
    """What the list draws."""

    member: Member
    address: str
    chips: list[tuple[str, str]]
    joined_at: datetime


def masked_address(email: str) -> str:
    """ha…@example.jp: enough to recognise, too little to write to."""
    name, _, host = email.partition("@")
    return f"{name[:SHOWN_LETTERS]}…@{host}"


def standing_in(member: Member) -> Standing:
    """The standing that came with the row, good when there is none."""
    try:
        return member.standing
    except ObjectDoesNotExist:
        return Standing(member_id=member.pk)


def chips_of(member: Member, standing: Standing) -> list[tuple[str, str]]:
    """What makes this member different from others: words and tone."""
    found = []
    if standing.suspended_at:
        found.append((pgettext("console", "Suspended"), "bad"))
    if standing.leaving_at:
        found.append((pgettext("console", "Leaving"), "warn"))
    if not member.is_active:
        found.append((pgettext("console", "Closed"), "warn"))
    if member.is_operator:
        found.append((pgettext("console", "Operator"), "accent"))
    if standing.certified_at:
        found.append((pgettext("console", "Certified"), "good"))
    if standing.identity == Standing.Check.CONFIRMED:
        found.append((pgettext("console", "Identity confirmed"), "good"))
    return found


def rows_of(members: Iterable[Member]) -> list[Row]:
    """The rows of a page of members."""
    return [
        Row(member, masked_address(member.email), chips_of(member, standing_in(member)), member.joined_at)
        for member in members
    ]
