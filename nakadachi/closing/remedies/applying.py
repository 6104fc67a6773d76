"""Doing a remedy to one thing, to several, or to all of a kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from nakadachi.closing.catalogue import BY_NAME
from nakadachi.closing.remedies.deed import Deed, Press
from nakadachi.closing.remedies.registry import REMEDIES
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refusal, Refused
from nakadachi.people.models import Member

AT_ONCE = 500
"""So many of a kind in one go, where each is done by itself; the rest stays in the list for the next press."""


@dataclass(frozen=True)
class Done:
    """What came of it: how many were done, and what was refused, by the id of the thing."""

    name: str
    count: int = 0
    refusals: dict[int, Refusal] = field(default_factory=dict)


def apply(
    name: str, ids: Iterable[int] | str, *, member: Member, by: Actor, at: datetime, seen_at: datetime | None = None
) -> Done:
    """Do it to the things with these ids, or to all of a kind of obstacle, by its name.

    What is done already is left as it is: the same press again changes nothing. A thing that is not the member's is not
    visible, and then nothing is done at all; what is refused stands in the answer, and the others are done.
    """
    deed, press = REMEDIES[name], Press(by, at, min(seen_at or at, at))
    if isinstance(ids, str):
        wanted = _all_of(ids, name, member)
    else:
        wanted = set(ids)
        known = deed.things(member).filter(pk__in=wanted).values_list("pk", flat=True)
        if set(known) != wanted:
            raise NotVisible
    if deed.act_all is not None and len(wanted) > 1:
        return _many(name, deed, wanted, member, press)
    waiting = deed.things(member).filter(deed.waits, pk__in=wanted).order_by("pk")
    return _each(name, deed, waiting[:AT_ONCE], press)


def _all_of(kind_name: str, name: str, member: Member) -> set[int]:
    kind = BY_NAME.get(kind_name)
    if kind is None or not any(button.name == name for button in kind.buttons):
        raise NotVisible
    return set(kind.ids_of(name, member))


def _many(name: str, deed: Deed, wanted: set[int], member: Member, press: Press) -> Done:
    assert deed.act_all is not None
    before = deed.things(member).filter(deed.waits, pk__in=wanted).count()
    deed.act_all(member, sorted(wanted), press)
    return Done(name, before)


def _each(name: str, deed: Deed, waiting: Iterable[object], press: Press) -> Done:
    count, refusals = 0, {}
    for thing in waiting:
        try:
            deed.act(thing, press)
        except Refused as refused:
            refusals[thing.pk] = refused.refusal  # type: ignore[attr-defined]
        else:
            count += 1
    return Done(name, count, refusals)
