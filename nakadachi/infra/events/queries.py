"""Reading what happened to things. Who may read it is decided by the query that found the thing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import F, Q, QuerySet

from nakadachi.infra.events.models import Event
from nakadachi.infra.paging import Page, page_of, page_of_rows
from nakadachi.infra.prepared import Among, Param, Prepared

LIMIT = 200


def about(subjects: Mapping[str, Collection[int]], *, limit: int = LIMIT) -> list[Event]:
    """The newest events of several things at once, oldest first.

    `subjects` are ids by model label: `{"contracts.contract": [7], "escrow.hold": [1, 2]}`.
    """
    newest = _about(subjects).order_by("-id")[:limit]
    return sorted(newest, key=lambda event: (event.at, event.pk))


def page_about(
    subjects: Mapping[str, Collection[int]], *, kinds: Collection[str], after: str = "", limit: int = 30
) -> Page[Event]:
    """The events of some kinds, the newest first, a page at a time."""
    if not after:
        named = {f"ids_{number}": list(ids) for number, ids in enumerate(subjects.values())}
        found = _newest(tuple(subjects), limit + 1)(kinds=list(kinds), **named)
        return page_of_rows(found, order=("-id",), limit=limit)
    return page_of(_about(subjects).filter(kind__in=list(kinds)), order=("-id",), after=after, limit=limit)


@cache
def _newest(subject_types: tuple[str, ...], limit: int) -> Prepared[Event]:
    wanted = Q()
    for number, subject_type in enumerate(subject_types):
        wanted |= Q(Among(F("subject_id"), Param(f"ids_{number}")), subject_type=subject_type)
    return Prepared(lambda: Event.objects.filter(wanted, Among(F("kind"), Param("kinds"))).order_by("-id")[:limit])


def _about(subjects: Mapping[str, Collection[int]]) -> QuerySet[Event]:
    wanted = Q()
    for subject_type, ids in subjects.items():
        if ids:
            wanted |= Q(subject_type=subject_type, subject_id__in=list(ids))
    return Event.objects.filter(wanted) if wanted else Event.objects.none()


@dataclass(frozen=True)
class Wanted:
    """Which events are looked for; what is empty does not count. `until` is the first moment after."""

    subject_type: str = ""
    subject_id: int | None = None
    actor_id: int | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """The newest first, in the order of the index that finds them: narrowed by time, it is the one of the times."""
        return ("-at", "-id") if self.since or self.until else ("-id",)


def search(wanted: Wanted) -> QuerySet[Event]:
    """The whole log, narrowed. For the operator's audit alone: the page decides who may."""
    conditions: dict[str, object] = {
        "subject_type": wanted.subject_type,
        "subject_id": wanted.subject_id,
        "actor_id": wanted.actor_id,
        "kind__startswith": wanted.kind,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    events = Event.objects.filter(**{name: value for name, value in conditions.items() if value not in {None, ""}})
    return events.exclude(actor_kind="system") if wanted.actor_id is not None else events


def trail_of_member(subject_type: str, member_id: int, limit: int = 20) -> list[Event]:
    """What happened to a member and what they did, the newest first."""
    own = Q(subject_type=subject_type, subject_id=member_id)
    did = Q(actor_kind__in=["member", "staff"], actor_id=member_id)
    return list(Event.objects.filter(own | did).order_by("-id")[:limit])
