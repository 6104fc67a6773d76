"""One demo market for all tests of this folder: loading takes seconds, so it is done once, and interrupted once. Every
module gets a copy of its own."""

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


@pytest.fixture(scope="session")
def loaded(django_db_blocker) -> Iterator[tuple[str, int]]:
    """A database with a loaded market, and how many steps the second start had to play."""
    name = f"demo_{database.WORKER}"
    database.new_database(name)
    with django_db_blocker.unblock(), database.connected_to(name):
        played = load_with_a_power_cut()
    yield name, played
    database.drop_database(name)


@pytest.fixture(scope="module")
def market(loaded: tuple[str, int], django_db_blocker) -> Iterator[int]:
    """Its tests are connected to the market; yields how many steps the second start had to play."""
    name, played = loaded
    copy = f"{name}_market"
    database.new_database(copy, template=name)
    with django_db_blocker.unblock(), database.connected_to(copy):
        yield played
    database.drop_database(copy)


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
