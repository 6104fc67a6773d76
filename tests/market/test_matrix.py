"""What the lifecycles allow works, for those who may; everything else is refused and changes nothing at all."""

import pytest
from django.db import transaction

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.models import Member
from tests import cast
from tests.market.matrix import BY_THE_SYSTEM_ALONE, MODELS, ROLES, TABLES, Table, plain
from tests.market.state import assert_clean, fingerprint

CASES = [(name, state) for name, table in TABLES.items() for state in table.states]


class Undo(Exception):
    """Rolls one attempt back."""


def everybody() -> list[Member]:
    return [cast.minato(), cast.hanako(), cast.ren(), cast.sakura(), cast.tanaka()]


@pytest.mark.parametrize(("name", "state"), CASES, ids=[f"{name}-{state}" for name, state in CASES])
@pytest.mark.django_db
def test_allowed_moves_work_and_all_others_change_nothing(name: str, state: str) -> None:
    table, model = TABLES[name], MODELS[name]
    everybody()
    thing = table.states[state]()
    thing = model.objects.get(pk=thing.pk)
    assert thing.status == plain(state)
    before = fingerprint()
    wrong = []
    for move, act in table.acts.items():
        for role, actor in ROLES.items():
            outcome = attempt(table, thing.pk, model, act, actor(), move, before)
            if outcome != ("done" if table.expects(state, move, role) else "refused"):
                wrong.append(f"{move} by {role}: {outcome}")
    assert wrong == []


def attempt(table: Table, pk: int, model, act, actor, move: str, before: str) -> str:
    """One call, undone again: `done`, `refused`, or what was wrong about it."""
    outcome = ""
    try:
        with transaction.atomic():
            outcome = _call(table, pk, model, act, actor, move, before)
            raise Undo
    except Undo:
        return outcome


def _call(table: Table, pk: int, model, act, actor, move: str, before: str) -> str:
    try:
        act.call(model.objects.get(pk=pk), actor, act.at)
    except (Refused, NotVisible):
        return "refused" if fingerprint() == before else "refused, but something changed"
    after = model.objects.get(pk=pk)
    if after.status != table.lifecycle[plain(move)].target:
        return f"went to {after.status}"
    assert_clean()
    once = fingerprint()
    try:
        act.call(after, actor, act.at)
    except (Refused, NotVisible):
        return "done" if fingerprint() == once else "the second time was refused, but something changed"
    return "done twice"


def test_every_move_of_every_lifecycle_is_tried() -> None:
    for name, table in TABLES.items():
        tried = {plain(move) for move in table.acts}
        elsewhere = {move for thing, move in BY_THE_SYSTEM_ALONE if thing == name}
        assert tried | elsewhere == {move.name for move in table.lifecycle.moves}, name
        assert {plain(state) for state in table.states} == set(table.lifecycle.states), name
