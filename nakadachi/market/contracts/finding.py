"""Finding work of one format for the operator's staff: by the contract's number, or by a member on either side."""

from typing import Any

from django.db.models import Q, QuerySet

from nakadachi.infra.paging import Page, page_of
from nakadachi.infra.text import digits, tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people import directory

TABS = {
    "active": ("active",),
    "offered": ("offered",),
    "over": ("completed", "ended", "declined", "lapsed", "withdrawn"),
}
"""The states of contracts, as an operator looks for them."""
NEWEST = ("-contract_id",)
_ID_MAX = 2**63 - 1


def find(things: QuerySet[Any], actor: Actor, words: str, *, tab: str, after: str = "", limit: int = 20) -> Page[Any]:
    """Those of `things` (each with a `contract`) that the words mean, the newest contracts first.

    No words: everything under `tab`. With words the contract's state does not count.
    """
    if not actor.is_staff:
        raise NotVisible
    words = tidy_line(words)
    found = things.filter(_meant(words)) if words else things.filter(contract__status__in=TABS[tab])
    return page_of(found, order=NEWEST, after=after, limit=limit)


def _meant(words: str) -> Q:
    number = digits(words.removeprefix("#"))
    if number.isascii() and number.isdigit():
        return Q(contract_id=int(number)) if int(number) <= _ID_MAX else Q(pk__in=[])
    members = directory.matching(words).values("pk")
    return Q(contract__client__in=members) | Q(contract__worker__in=members)
