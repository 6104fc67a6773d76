"""Reading what happened to things. Who may read it is decided by the query that found the thing."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from nakadachi.infra.events.models import Event

LIMIT = 200


def about(subjects: Mapping[str, Collection[int]], *, limit: int = LIMIT) -> list[Event]:
    """The newest events of several things at once, oldest first.

    `subjects` are ids by model label: `{"contracts.contract": [7], "escrow.hold": [1, 2]}`.
    """
    wanted = Q()
    for subject_type, ids in subjects.items():
        if ids:
            wanted |= Q(subject_type=subject_type, subject_id__in=list(ids))
    if not wanted:
        return []
    newest = Event.objects.filter(wanted).order_by("-id")[:limit]
    return sorted(newest, key=lambda event: (event.at, event.pk))
