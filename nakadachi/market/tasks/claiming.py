"""Taking places, in one statement each: never the same place twice, never more rounds than allowed, nobody waits.

A free place is a row, and whoever takes it deletes it: `FOR UPDATE SKIP LOCKED` gives each of many racers another.
Whoever closes a task deletes the same rows, so a place is either taken before the close or not at all. The worker's
round is unique in the database: two claims of one worker at once cannot both hold a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from nakadachi.infra.events.record import announce_all
from nakadachi.market.tasks.models import Task

RESERVED = "claim.reserve"

_ASKED = "(%(task)s, %(workers)s::bigint[], %(at)s::timestamptz, %(until)s::timestamptz)"
CLAIMS = f"SELECT * FROM tasks_take{_ASKED}"  # noqa: S608
"""Reserves a place for each of `workers` who may have one: `sql/take.sql`."""

TAKE = f"SELECT claim_id, worker_id, round, places, event_id FROM tasks_take_told{_ASKED}"  # noqa: S608
"""The same with an event each."""

TAKE_ONE_MORE = """
DELETE FROM tasks_slot slot USING (
    SELECT slot.id FROM tasks_slot slot JOIN tasks_task task ON task.id = slot.task_id
    WHERE slot.task_id = %(task)s AND task.status = 'open' AND task.closes_at > %(at)s::timestamptz
    ORDER BY slot.task_id, slot.number LIMIT 1 FOR UPDATE OF slot SKIP LOCKED
) free
WHERE slot.id = free.id RETURNING slot.number
"""
"""A place for an answer whose reservation has run out."""


@dataclass(frozen=True)
class Taken:
    """Whose claim it is that now holds a place."""

    claim_id: int
    worker_id: int
    round: int


class TakenTwice(Exception):
    """The worker claimed twice at once and the other claim was faster: this transaction must not go on."""


def take(task: Task, worker_ids: Sequence[int], *, until: datetime, at: datetime) -> list[Taken]:
    """Reserve a place for each worker who may have one, with an event each, in one statement.

    Who gets none has one already, has used all rounds, or there is none left; who asks twice counts once. Presses of
    one worker wait for each other until the first has committed. Must run inside a transaction.
    """
    with connection.cursor() as cursor:
        asking = list(dict.fromkeys(worker_ids))
        cursor.execute(TAKE, {"task": task.pk, "workers": asking, "until": until, "at": at})
        rows = cursor.fetchall()
    found = [row for row in rows if row[0] is not None]
    if len(found) < rows[0][3]:
        raise TakenTwice
    announce_all(RESERVED, [event_id for *_claim, event_id in found])
    return [Taken(claim_id, worker_id, nth) for claim_id, worker_id, nth, *_ in found]


def take_one_more(task: Task, *, at: datetime) -> int | None:
    """The number of a free place of an open task, taken; None when there is none. Must run inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_ONE_MORE, {"task": task.pk, "at": at})
        row = cursor.fetchone()
    return row[0] if row else None
