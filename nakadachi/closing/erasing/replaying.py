"""Erasing again whom a restored backup still knows: before the market is opened, from the list beside the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nakadachi.closing.actions import look, reserve
from nakadachi.closing.actions.erasing import TIMERS, erase
from nakadachi.closing.models import Closing
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.ids import key_for
from nakadachi.people.models import Member

AT_ONCE = 100_000


@dataclass
class Replayed:
    """Numbers of members: erased again, erased already in the backup or not yet members then, and those for whom
    something stands in the way in the market as it was restored. The last need a decision before it is opened."""

    erased: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    undecided: list[int] = field(default_factory=list)


def replay(lines: Iterable[dict[str, Any]], *, at: datetime) -> Replayed:
    """Through the same actions as the first time, at the moments of the first time. Safe to repeat."""
    replayed = Replayed()
    for line in {line["member"]: line for line in lines}.values():
        _one(line, replayed)
    for _due_at, closing_id in TIMERS[0].due(at, AT_ONCE):
        if TIMERS[0].act(closing_id, at):
            replayed.erased.append(Closing.objects.values_list("member_id", flat=True).get(pk=closing_id))
    return replayed


def _one(line: dict[str, Any], replayed: Replayed) -> None:
    member = Member.objects.filter(pk=line["member"]).first()
    closing = Closing.objects.filter(member=line["member"]).exclude(status=Closing.Status.UNDONE).first()
    if member is None or (closing is not None and closing.status == Closing.Status.ERASED):
        replayed.known.append(line["member"])
        return
    closed_at, erased_at = (datetime.fromisoformat(line[name]) for name in ("closed_at", "erased_at"))
    if closing is None:
        key = key_for("closing.again", member.pk, line["closed_at"])
        closing = reserve(
            member=member,
            reason="",
            reason_text="",
            consents=True,
            leaves_remainder=False,
            request_key=key,
            by=Actor.member(member.pk),
            at=closed_at,
        )
    elif closing.status == Closing.Status.RESERVED:
        closing = look(closing=closing, at=closed_at)
    if closing.erase_at is None:
        replayed.undecided.append(member.pk)
        return
    erase(closing=closing, at=max(erased_at, closing.erase_at))
    replayed.erased.append(member.pk)
