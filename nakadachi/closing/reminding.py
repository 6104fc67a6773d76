"""「確認をお願いする」 beside what waits for the other side: the button where it can be sent now, else from when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from nakadachi.closing.obstacle import Obstacle, Remedy
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts.prompting import refusals_of
from nakadachi.people.models import Member

NAME = "remind"


def settle(found: Sequence[Obstacle], member: Member, at: datetime) -> list[Obstacle]:
    """Each keeps its reminder only if it can be sent at that moment; else it tells from when, where that is known."""
    ids = {remedy.thing_id for one in found for remedy in _reminders(one) if remedy.thing_id is not None}
    refusals = refusals_of(member.pk, ids, at) if ids else {}
    return [_settled(one, refusals) for one in found]


def _reminders(one: Obstacle) -> Iterator[Remedy]:
    return (remedy for remedy in one.remedies if remedy.name == NAME)


def _settled(one: Obstacle, refusals: dict[int, Refusal | None]) -> Obstacle:
    asked = next(_reminders(one), None)
    if asked is None or (asked.thing_id in refusals and refusals[asked.thing_id] is None):
        return one
    return replace(one, remedies=_without(one.remedies), not_yet=refusals.get(asked.thing_id or 0))


def _without(remedies: Iterable[Remedy]) -> tuple[Remedy, ...]:
    return tuple(remedy for remedy in remedies if remedy.name != NAME)
