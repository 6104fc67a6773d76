"""Finding members for the operator's staff: by number, address, display name or the reading of the legal name."""

from django.db.models import Q, QuerySet

from nakadachi.infra.paging import Page, page_of
from nakadachi.infra.text import digits, tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.kana import katakana
from nakadachi.people.models import Member

WORDS_LENGTH_MAX = 254
_ID_MAX = 2**63 - 1


def find(
    actor: Actor, words: str, *, suspended: bool = False, certified: bool = False, after: str = "", limit: int = 30
) -> Page[Member]:
    """The newest first; everybody for no words. Addresses and names by their beginning, numbers exactly."""
    if not actor.is_staff:
        raise NotVisible
    found = matching(words).select_related("standing")
    if suspended:
        found = found.filter(standing__suspended_at__isnull=False)
    if certified:
        found = found.filter(standing__certified_at__isnull=False)
    return page_of(found, order=("-id",), after=after, limit=limit)


def member_of_address(actor: Actor, email: str) -> Member | None:
    """The member whose account has this mail address, in any letter case."""
    if not actor.is_staff:
        raise NotVisible
    return Member.objects.filter(email__iexact=email).first()


def matching(words: str) -> QuerySet[Member]:
    """Everybody whom the words may mean. For other searches of the operator's staff."""
    words = tidy_line(words)[:WORDS_LENGTH_MAX]
    members = Member.objects.all()
    if not words:
        return members
    number = digits(words.removeprefix("#"))
    if number.isascii() and number.isdigit() and int(number) <= _ID_MAX:
        return members.filter(pk=int(number))
    if "@" in words:
        return members.filter(email__istartswith=words)
    wanted = Q(display_name__istartswith=words) | Q(email__istartswith=words)
    for part in katakana(words).split():
        wanted |= Q(family_kana__startswith=part) | Q(given_kana__startswith=part)
    return members.filter(wanted)
