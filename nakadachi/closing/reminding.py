"""確認のお願い beside what waits for the other side: a button that says what is asked for, or else from when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from nakadachi.closing.obstacle import Obstacle, Remedy
from nakadachi.market.contracts.prompting import Asking, askings_of
from nakadachi.people.models import Member

NAME = "remind"


def settle(found: Sequence[Obstacle], member: Member, at: datetime) -> list[Obstacle]:
    """Each keeps its reminder only if it can be sent at that moment; else it tells from when, where that is known."""
    ids = {remedy.thing_id for one in found for remedy in _reminders(one) if remedy.thing_id is not None}
    askings = askings_of(member.pk, ids, at) if ids else {}
    return [_settled(one, askings) for one in found]


def _reminders(one: Obstacle) -> Iterator[Remedy]:
    return (remedy for remedy in one.remedies if remedy.name == NAME)


def _settled(one: Obstacle, askings: Mapping[int, Asking]) -> Obstacle:
    button = next(_reminders(one), None)
    if button is None:
        return one
    asking = askings.get(button.thing_id or 0)
    if asking is None or asking.refusal is not None:
        others = tuple(remedy for remedy in one.remedies if remedy is not button)
        return replace(one, remedies=others, not_yet=asking.refusal if asking else None)
    said = replace(button, label=asking.waiting.label)
    return replace(one, remedies=tuple(said if remedy is button else remedy for remedy in one.remedies))
