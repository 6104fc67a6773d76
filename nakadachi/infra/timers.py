"""Timers: rows with a date on which something happens by itself, and the one loop that lets it happen.

A package describes each of its timers as data, `config/wiring.py` registers them. The worker runs what is due every
minute, at the time it is then; `play` lets a stretch of time pass, each row at its own moment and in the order of these
moments, so that what one row brings about can make another due on the way.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.db.models import QuerySet

from nakadachi.kernel.refusal import Refused

AT_ONCE = 500
"""So many rows of one timer are looked at in one round."""

Due = tuple[datetime, int]
"""When, and the id of the row."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Timer:
    """One kind of thing that happens by the clock.

    `due(at, limit)` reads the rows that are due at `at`, the earliest first; `act(id, at)` does it in a transaction of
    its own and answers whether it did. It looks at the row again under its lock:
    it may be called late, twice, or at once.
    """

    name: str
    due: Callable[[datetime, int], Iterable[Due]]
    act: Callable[[int, datetime], bool]


def by_column(
    rows: Callable[[], QuerySet[Any]], column: str, *, row_id: str = "pk"
) -> Callable[[datetime, int], Iterable[Due]]:
    """For `Timer.due`: those of `rows` whose moment in `column` has come. Empty, it never does. `act` gets `row_id`."""

    def due(at: datetime, limit: int) -> Iterable[Due]:
        """The earliest first."""
        found = rows().filter(**{f"{column}__lte": at}).order_by(column, "pk")
        return list(found.values_list(column, row_id)[:limit])

    return due


_timers: dict[str, Timer] = {}


def register(*timers: Timer) -> None:
    """Enter timers under their names; entering one again replaces it."""
    _timers.update({timer.name: timer for timer in timers})


def names() -> Sequence[str]:
    """Of all that are registered."""
    return list(_timers)


def run(*, at: datetime) -> dict[str, int]:
    """Do all that is due at `at`, at that time, the longest due first; answers how much of each. Safe to repeat."""
    done = dict.fromkeys(_timers, 0)
    rows = [(due_at, name, pk) for name, timer in _timers.items() for due_at, pk in timer.due(at, AT_ONCE)]
    for _, name, pk in sorted(rows):
        done[name] += _acted(_timers[name], pk, at)
    return done


def play(*, until: datetime) -> dict[str, int]:
    """Let time pass: what is due is done at its own moment, in the order of the moments, until nothing is left."""
    done = dict.fromkeys(_timers, 0)
    left_alone: dict[str, set[int]] = {name: set() for name in _timers}
    passed: datetime | None = None
    while found := min(_next(until, left_alone), default=None):
        due_at, name, pk = found
        passed = due_at if passed is None else max(passed, due_at)
        if _acted(_timers[name], pk, passed):
            done[name] += 1
        else:
            left_alone[name].add(pk)
    return done


def _next(until: datetime, left_alone: dict[str, set[int]]) -> Iterable[tuple[datetime, str, int]]:
    """The first row of each timer; what could not be done once is passed over."""
    for name, timer in _timers.items():
        for due_at, pk in timer.due(until, 1 + len(left_alone[name])):
            if pk not in left_alone[name]:
                yield due_at, name, pk
                break


def _acted(timer: Timer, pk: int, at: datetime) -> bool:
    """Somebody being faster, or a row that stays locked, is left to the next round."""
    try:
        return timer.act(pk, at)
    except Refused:
        return False
    except OperationalError:
        _log.warning("%s: row %s is busy, left to the next round", timer.name, pk)
        return False
