"""Taking places, in one statement each: never the same place twice, never more rounds than allowed, nobody waits.

A place is a row; `FOR UPDATE SKIP LOCKED` on the free ones (a partial index) gives each of many racers another. Whoever
closes a task locks the same rows, so a place is either taken before the close or not at all. The worker's round is
unique in the database: two claims of one worker at once cannot both hold a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from nakadachi.infra.events.record import announce_all
from nakadachi.market.tasks.models import Task

RESERVED = "claim.reserve"

TAKE = """
WITH rules AS (
    SELECT task.repeats_max FROM tasks_task task JOIN escrow_hold hold ON hold.id = task.hold_id
    WHERE task.id = %(task)s AND task.status = 'open' AND task.closes_at > %(at)s::timestamptz
      AND hold.status = 'funded'
), entitled AS (
    SELECT asked.worker_id, before.had + 1 AS round, row_number() OVER (ORDER BY asked.place) AS place
    FROM unnest(%(workers)s::bigint[]) WITH ORDINALITY AS asked (worker_id, place)
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status <> 'lapsed') AS had, count(*) FILTER (WHERE status = 'reserved') AS has
        FROM tasks_claim WHERE task_id = %(task)s AND worker_id = asked.worker_id
    ) before CROSS JOIN rules
    WHERE before.had < rules.repeats_max AND before.has = 0
), free AS (
    SELECT id FROM tasks_slot WHERE task_id = %(task)s AND is_free
    ORDER BY task_id, number LIMIT (SELECT count(*) FROM entitled) FOR UPDATE SKIP LOCKED
), places AS (
    SELECT id, row_number() OVER () AS place FROM free
), taken AS (
    UPDATE tasks_slot slot SET is_free = false FROM places JOIN entitled USING (place)
    WHERE slot.id = places.id RETURNING slot.id, entitled.worker_id, entitled.round
), claimed AS (
    INSERT INTO tasks_claim AS claim (task_id, slot_id, worker_id, round, status, reserved_at, reserved_until,
                                      answers, reason, reason_text, appeal_text, decision_text)
    SELECT %(task)s, id, worker_id, round, 'reserved', %(at)s::timestamptz, %(until)s::timestamptz,
           '{}'::jsonb, '', '', '', ''
    FROM taken
    ON CONFLICT (task_id, worker_id, round) DO UPDATE SET slot_id = excluded.slot_id, status = 'reserved',
        reserved_at = excluded.reserved_at, reserved_until = excluded.reserved_until
    WHERE claim.status = 'lapsed'
    RETURNING id, worker_id, round
), told AS (
    INSERT INTO events_event (kind, at, actor_kind, actor_id, subject_type, subject_id, data, created_at)
    SELECT 'claim.reserve', %(at)s::timestamptz, 'member', worker_id, 'tasks.claim', id,
           jsonb_build_object('after', 'reserved', 'task_id', %(task)s::bigint, 'round', round), clock_timestamp()
    FROM claimed RETURNING subject_id, actor_id, data, id
)
SELECT told.subject_id, told.actor_id, (told.data ->> 'round')::int, told.id, (SELECT count(*) FROM taken)
FROM (SELECT) one LEFT JOIN told ON true
"""
"""Reserves a place for each of `workers` who may have one, in their order, as far as places are free."""

TAKE_ONE_MORE = """
UPDATE tasks_slot slot SET is_free = false
FROM (
    SELECT slot.id FROM tasks_slot slot JOIN tasks_task task ON task.id = slot.task_id
    WHERE slot.task_id = %(task)s AND slot.is_free AND task.status = 'open' AND task.closes_at > %(at)s::timestamptz
    ORDER BY slot.task_id, slot.number LIMIT 1 FOR UPDATE OF slot SKIP LOCKED
) free
WHERE slot.id = free.id RETURNING slot.id
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

    Who gets none has one already, has used all rounds, or there is none left; who asks twice counts once. Must run
    inside a transaction.
    """
    with connection.cursor() as cursor:
        asking = list(dict.fromkeys(worker_ids))
        cursor.execute(TAKE, {"task": task.pk, "workers": asking, "until": until, "at": at})
        rows = cursor.fetchall()
    found = [row for row in rows if row[0] is not None]
    if len(found) < rows[0][4]:
        raise TakenTwice
    announce_all(RESERVED, [event_id for _claim_id, _worker_id, _round, event_id, _count in found])
    return [Taken(claim_id, worker_id, nth) for claim_id, worker_id, nth, _event_id, _count in found]


def take_one_more(task: Task, *, at: datetime) -> int | None:
    """A free place of an open task, taken; None when there is none. Must run inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_ONE_MORE, {"task": task.pk, "at": at})
        row = cursor.fetchone()
    return row[0] if row else None
