"""What the lifecycles allow works, for those who may; everything else is refused and changes nothing at all."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from nakadachi.config.lifecycles import all_lifecycles
from tests.matrices import closings, exports, hourly, inquiries, market, mediation, monthly, nudges, tasks
from tests.matrices.money import holds, payments, payouts
from tests.matrices.table import Table, who, wrong_in

_PLACES = (market, nudges, tasks, monthly, hourly, mediation, inquiries, payments, payouts, holds, exports, closings)
TABLES = {table.lifecycle.name: table for place in _PLACES for table in place.TABLES}
ROOT = Path(__file__).resolve().parents[2]
CASES = [(name, state) for name, table in TABLES.items() for state in table.states]


@pytest.mark.parametrize(("name", "state"), CASES, ids=[f"{name}-{state}".replace(" ", "_") for name, state in CASES])
@pytest.mark.django_db
def test_allowed_moves_work_and_all_others_change_nothing(name: str, state: str) -> None:
    assert wrong_in(TABLES[name], state) == []


def without_matrix(tables: Mapping[str, Table]) -> list[str]:
    """Lifecycles that no table covers, and what a table leaves out of its own."""
    bare = [lifecycle.name for _label, lifecycle in all_lifecycles() if lifecycle.name not in tables]
    return bare + [f"{name}: {missing}" for name, table in tables.items() for missing in sorted(table.missing)]


def test_every_lifecycle_every_state_and_every_move_is_tried() -> None:
    assert without_matrix(TABLES) == []
    known = [lifecycle for _label, lifecycle in all_lifecycles()]
    assert [table.lifecycle for table in TABLES.values() if table.lifecycle not in known] == []
    named = {word for table in TABLES.values() for why in table.follows.values() for word in why.split() if "/" in word}
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_a_lifecycle_or_a_move_that_nobody_tries_is_noticed() -> None:
    claim = TABLES["claim"]
    fewer = replace(claim, acts={name: act for name, act in claim.acts.items() if name != "give_back"})
    assert without_matrix({**TABLES, "claim": fewer}) == ["claim: give_back"]
    assert without_matrix({name: table for name, table in TABLES.items() if name != "claim"}) == ["claim"]


@pytest.mark.django_db
def test_a_table_that_says_something_else_is_noticed() -> None:
    """The trial itself: had the wrong side a right, or the right side none, it would say so."""
    jobs = TABLES["job"]
    wrong = replace(jobs, acts={"close": replace(jobs.acts["close"], roles=who("stranger"))})
    assert wrong_in(wrong, "open") == ["close by client: done", "close by stranger: refused"]
