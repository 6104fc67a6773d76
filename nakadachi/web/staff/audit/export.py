"""The audit log as CSV, row by row, so that a long one needs no memory."""

import csv
import json
from collections.abc import Iterator

from django.db.models import QuerySet

from nakadachi.infra.events.models import Event
from nakadachi.infra.sheets import BOM, safe_cell

COLUMNS = ("id", "at", "recorded_at", "kind", "subject_type", "subject_id", "actor_kind", "actor_id", "data")
AT_ONCE = 500


class _Echo:
    def write(self, line: str) -> str:
        return line


def rows(events: QuerySet[Event]) -> Iterator[str]:
    """Head and lines, the newest first."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BOM + str(writer.writerow(COLUMNS))
    for event in events.order_by("-id").iterator(AT_ONCE):
        yield str(writer.writerow(_cells(event)))


def _cells(event: Event) -> list[object]:
    return [
        event.pk,
        event.at.isoformat(),
        event.created_at.isoformat(),
        event.kind,
        event.subject_type,
        event.subject_id,
        event.actor_kind,
        event.actor_id or "",
        safe_cell(json.dumps(event.data, ensure_ascii=False, sort_keys=True)),
    ]
