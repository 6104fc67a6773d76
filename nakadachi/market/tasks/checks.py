"""What the audit asks of tasks; `config/wiring.py` registers it with the ledger's own checks."""

from collections.abc import Iterator

from django.db import connection

_WRONG = """
SELECT task.id, hold.released_yen, task.price_yen * count(claim.id) FILTER (WHERE claim.status = 'approved')
FROM tasks_task task JOIN escrow_hold hold ON hold.id = task.hold_id
LEFT JOIN tasks_claim claim ON claim.task_id = task.id
GROUP BY task.id, hold.id
HAVING hold.released_yen <> task.price_yen * count(claim.id) FILTER (WHERE claim.status = 'approved')
ORDER BY task.id
"""

_OVERSOLD = """
SELECT task.id, task.slots_count,
       count(claim.id) FILTER (WHERE claim.status IN ('reserved', 'submitted', 'approved', 'rejected', 'appealed')),
       (SELECT count(*) FROM tasks_slot slot WHERE slot.task_id = task.id), task.status
FROM tasks_task task LEFT JOIN tasks_claim claim ON claim.task_id = task.id
GROUP BY task.id
HAVING task.slots_count
       < count(claim.id) FILTER (WHERE claim.status IN ('reserved', 'submitted', 'approved', 'rejected', 'appealed'))
       + (SELECT count(*) FROM tasks_slot slot WHERE slot.task_id = task.id)
    OR task.status = 'done'
       AND count(claim.id) FILTER (WHERE claim.status IN ('reserved', 'submitted', 'rejected', 'appealed')) > 0
ORDER BY task.id
"""

_ORPHANS = """
SELECT claim.id, claim.task_id FROM tasks_claim claim
WHERE NOT EXISTS (SELECT FROM tasks_task task WHERE task.id = claim.task_id)
ORDER BY claim.id
"""


def paid() -> Iterator[tuple[str, str]]:
    """A task's hold has released exactly its price for every approved answer."""
    for task_id, released_yen, approved_yen in _rows(_WRONG):
        yield f"task:{task_id}", f"released {released_yen:+d} yen, approved answers are worth {approved_yen:+d}"


def places() -> Iterator[tuple[str, str]]:
    """Never more claims and free places than were paid for; nothing waits in a task that is done; no claim on none."""
    for task_id, slots_count, live, free, status in _rows(_OVERSOLD):
        yield f"task:{task_id}", f"{status}: {slots_count} places, {live} claims hold one and {free} are free"
    for claim_id, task_id in _rows(_ORPHANS):
        yield f"claim:{claim_id}", f"there is no task {task_id}"


def _rows(sql: str) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
