"""What happened to the work of a thread, read from the events: nothing is written a second time.

Every package whose rows belong to a contract names them here (`config/wiring.py`), so that what happens to them is
quoted between the messages.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from django.db import connection, models

from nakadachi.infra.events.models import Event
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, Nudge, TermsChange
from nakadachi.market.sourcing.models import Counter, Proposal
from nakadachi.trust.messaging.models import Thread

_of_contract: list[type[models.Model]] = [Milestone, EndProposal, TermsChange, Nudge]

_EVENTS = """
SELECT {columns} FROM ({subjects}) subject CROSS JOIN LATERAL (
  SELECT * FROM events_event e
  WHERE e.subject_type = subject.type AND e.subject_id = subject.id AND e.kind = ANY(%(kinds)s) AND e.id > %(after)s
    AND e.at >= coalesce(%(since)s::timestamptz, '-infinity') AND e.at < coalesce(%(until)s::timestamptz, 'infinity')
  ORDER BY e.id DESC LIMIT %(limit)s
) event ORDER BY event.id DESC LIMIT %(limit)s
"""


def quote(*models_of_contract: type[models.Model]) -> None:
    """Rows with a `contract` whose events are quoted, too."""
    _of_contract.extend(one for one in models_of_contract if one not in _of_contract)
    subjects.cache_clear()


@cache
def subjects() -> str:
    """Everything the two sides of a thread have between them, as a select of type and id."""
    parts = [
        f"SELECT '{model._meta.label_lower}' AS type, id FROM {_of_pair(model)}"  # noqa: S608  names of our own tables
        for model in (Proposal, Contract)
    ]
    nested = [(Counter, "proposal_id", Proposal), *((model, "contract_id", Contract) for model in _of_contract)]
    parts += [
        f"SELECT '{model._meta.label_lower}', id FROM {model._meta.db_table}"  # noqa: S608  likewise
        f" WHERE {column} IN (SELECT id FROM {_of_pair(owner)})"
        for model, column, owner in nested
    ]
    return " UNION ALL ".join(parts)


def _of_pair(model: type[models.Model]) -> str:
    return f"{model._meta.db_table} WHERE job_id = %(job_id)s AND worker_id = %(worker_id)s"


def happenings(
    thread: Thread, *, kinds: Collection[str], since: datetime | None = None, until: datetime | None = None,
    after_id: int = 0, limit: int = 60,
) -> list[Event]:  # fmt: skip
    """The newest events between two moments, the oldest first."""
    values = {"kinds": list(kinds), "since": since, "until": until, "after": after_id, "limit": limit, **_pair(thread)}
    found = Event.objects.raw(_EVENTS.format(columns="event.*", subjects=subjects()), values)
    return sorted(found, key=lambda event: (event.at, event.pk))


def newest_event_id(thread: Thread, *, kinds: Collection[str]) -> int:
    """The last thing that happened."""
    values = {"kinds": list(kinds), "since": None, "until": None, "after": 0, "limit": 1, **_pair(thread)}
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS.format(columns="event.id", subjects=subjects()), values)
        row = cursor.fetchone()
    return row[0] if row else 0


def contract_ids(events: Collection[Event]) -> dict[tuple[str, int], int]:
    """Of which contract each of the things is that something happened to, by type and id; in a query per type."""
    wanted: dict[str, set[int]] = {}
    for event in events:
        wanted.setdefault(event.subject_type, set()).add(event.subject_id)
    contract = Contract._meta.label_lower
    found = {(contract, contract_id): contract_id for contract_id in wanted.get(contract, ())}
    for model in _of_contract:
        label = model._meta.label_lower
        if label in wanted:
            rows = model._default_manager.filter(pk__in=wanted[label]).values_list("pk", "contract_id")
            found |= {(label, pk): contract_id for pk, contract_id in rows}
    return found


def _pair(thread: Thread) -> dict[str, int]:
    return {"job_id": thread.job_id, "worker_id": thread.worker_id}
