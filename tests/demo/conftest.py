"""One demo market for all tests of this folder: loading takes seconds, so it is done once, and interrupted once."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from nakadachi.demo import loading, story
from nakadachi.demo.models import Load
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step
from nakadachi.kernel.calendar import JST
from tests import database

LOADED_AT = datetime(2026, 11, 22, 21, 30, tzinfo=JST)


class PowerCut(Exception):
    pass


@pytest.fixture(scope="module")
def market(django_db_blocker) -> Iterator[int]:
    """A loaded market in a database of its own; yields how many steps the second start had to play."""
    name = f"demo_{database.WORKER}"
    database.new_database(name)
    with django_db_blocker.unblock(), database.connected_to(name):
        yield load_with_a_power_cut()
    database.drop_database(name)


def load_with_a_power_cut() -> int:
    steps = story.steps(Past(LOADED_AT))
    half = len(steps) // 2
    cut = [*steps[:half], Step(steps[half].at, power_cut), *steps[half + 1 :]]
    progress = Load.objects.create(loaded_at=LOADED_AT, steps=len(steps))
    with pytest.raises(PowerCut):
        loading.play(cut, progress)
    assert not loading.is_complete()
    later = datetime(2026, 11, 23, 9, 0, tzinfo=JST)
    return loading.load(at=later)


def power_cut(stage: Stage, at: datetime) -> None:
    raise PowerCut
