"""Timers: own moments in order, what cannot be done is passed over, what comes due on the way is done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from nakadachi.infra import timers
from nakadachi.infra.timers import Timer
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refused

START = datetime(2026, 11, 1, tzinfo=JST)
HOUR = timedelta(hours=1)


class Rows:
    """Rows by id, each with the moment at which it is due; done ones are gone."""

    def __init__(self, name: str, **due: int) -> None:
        self.due = {int(pk.lstrip("r")): START + hours * HOUR for pk, hours in due.items()}
        self.name = name
        self.log: list[tuple[str, int, datetime]] = []
        self.refusing: dict[int, Exception] = {}
        self.then: dict[int, tuple[Rows, int, datetime]] = {}

    def timer(self) -> Timer:
        return Timer(self.name, self._due, self._act)

    def _due(self, at: datetime, limit: int) -> list[timers.Due]:
        return sorted((due_at, pk) for pk, due_at in self.due.items() if due_at <= at)[:limit]

    def _act(self, pk: int, at: datetime) -> bool:
        if pk in self.refusing:
            raise self.refusing[pk]
        del self.due[pk]
        self.log.append((self.name, pk, at))
        if pk in self.then:
            rows, new, due_at = self.then[pk]
            rows.due[new] = due_at
        return True


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timers, "_timers", {})
    yield


def test_time_is_played_in_order_across_timers_each_row_at_its_own_moment():
    a, b = Rows("a", r1=5, r2=1), Rows("b", r3=3, r4=99)
    a.log = b.log
    timers.register(a.timer(), b.timer())
    assert timers.play(until=START + 10 * HOUR) == {"a": 2, "b": 1}
    assert b.log == [("a", 2, START + HOUR), ("b", 3, START + 3 * HOUR), ("a", 1, START + 5 * HOUR)]
    assert list(b.due) == [4], "not due yet"


def test_what_one_row_makes_due_is_done_too_and_never_before_its_cause():
    a, b = Rows("a", r1=5), Rows("b")
    a.then[1] = (b, 7, START + 2 * HOUR)
    timers.register(a.timer(), b.timer())
    assert timers.play(until=START + 10 * HOUR) == {"a": 1, "b": 1}
    assert b.log == [("b", 7, START + 5 * HOUR)]


@pytest.mark.parametrize("why", [Refused(MOVE_NOT_ALLOWED), OperationalError("busy")])
def test_a_row_that_cannot_be_done_holds_up_nobody(why: Exception):
    rows = Rows("a", r1=1, r2=2)
    rows.refusing[1] = why
    timers.register(rows.timer())
    assert timers.play(until=START + 10 * HOUR) == {"a": 1}
    assert timers.run(at=START + 10 * HOUR) == {"a": 0}
    assert list(rows.due) == [1]


def test_the_worker_does_what_is_due_at_the_time_it_is():
    rows = Rows("a", r1=1, r2=9)
    timers.register(rows.timer())
    late = START + 6 * HOUR
    assert timers.run(at=late) == {"a": 1}
    assert rows.log == [("a", 1, late)]
