"""Every status × every move × every kind of actor, from a lifecycle: how to get there, what to call, who may.

A table says how each state is reached by real actions and how each move is brought about. `wrong_in` tries every move
as everybody in one state: what the lifecycle allows works for those who may, and once; everything else changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.lifecycle import Lifecycle
from nakadachi.kernel.refusal import NotVisible, Refused
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

NOW = walk.START
LATER = NOW + timedelta(days=60)


def who(*roles: str) -> frozenset[str]:
    return frozenset(roles)


BOTH = who("client", "worker")
THE_CLOCK = who("system")
"""Moves without another door: what a timer does, or what the provider says."""

ROLES: dict[str, Callable[[], Actor]] = {
    "client": lambda: by(cast.minato()),
    "worker": lambda: by(cast.hanako()),
    "stranger": lambda: by(cast.sakura()),
    "staff": lambda: by(cast.tanaka()),
    "system": lambda: SYSTEM,
}
WITH_OFFICES = ROLES | {
    "support": lambda: by(cast.offices()["support"]),
    "finance": lambda: by(cast.offices()["finance"]),
}
"""Where it matters which of the operator's people acts."""


def plain(name: str) -> str:
    """`active:delivered` is the status `active`."""
    return name.partition(":")[0]


@dataclass(frozen=True)
class Act:
    """How a move is brought about, by which roles, and when.

    `only_in` narrows its sources further than the status; in `not_in` the same call means another move and is not tried
    as this one. `tried_by`: who can call it at all. `is_quiet`: where it is not allowed it says nothing and does
    nothing. `ends_in`: where it comes to rest, when another move follows at once.
    """

    call: Callable[[Any, Actor, datetime], object]
    roles: frozenset[str]
    at: datetime = NOW
    only_in: frozenset[str] | None = None
    not_in: frozenset[str] = frozenset()
    tried_by: frozenset[str] | None = None
    is_quiet: bool = False
    may_repeat: bool = False
    ends_in: str = ""


@dataclass(frozen=True)
class Table:
    """One lifecycle: `states` by name (the status, or the status and what else counts), `acts` by move.

    `follows`: moves that nobody makes by themselves, and where they are tested.
    """

    lifecycle: Lifecycle
    model: type[models.Model]
    states: Mapping[str, Callable[[], models.Model]]
    acts: Mapping[str, Act]
    follows: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Callable[[], Actor]] = field(default_factory=lambda: ROLES)

    def expects(self, state: str, move: str, role: str) -> bool:
        """True when the lifecycle and the roles allow it."""
        act = self.acts[move]
        if act.only_in is not None and state not in act.only_in:
            return False
        return self.lifecycle.allows(plain(state), plain(move)) and role in act.roles

    def tried(self, state: str) -> list[tuple[str, str]]:
        """Moves and roles to be tried in a state."""
        acts = [(move, act) for move, act in self.acts.items() if state not in act.not_in]
        return [
            (move, role) for move, act in acts for role in self.roles if act.tried_by is None or role in act.tried_by
        ]

    @property
    def missing(self) -> set[str]:
        """States that are not reached, moves that are neither tried nor explained, and what there is none of."""
        states = {plain(state) for state in self.states} ^ set(self.lifecycle.states)
        moves = ({plain(move) for move in self.acts} | set(self.follows)) ^ {move.name for move in self.lifecycle.moves}
        return states | moves


class Undo(Exception):
    """Rolls one attempt back."""


def wrong_in(table: Table, state: str) -> list[str]:
    """Reach a state and try everything in it; what went otherwise than expected, in words."""
    for actor in table.roles.values():
        actor()
    pk = table.states[state]().pk
    assert _row(table, pk).status == plain(state)
    before, wrong = fingerprint(), []
    for move, role in table.tried(state):
        outcome = attempt(table, pk, move, table.roles[role](), before)
        if outcome != ("done" if table.expects(state, move, role) else "refused"):
            wrong.append(f"{move} by {role}: {outcome}")
    return wrong


def attempt(table: Table, pk: int, move: str, actor: Actor, before: str) -> str:
    """One call, undone again: `done`, `refused`, or what was wrong about it."""
    outcome = ""
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined]  # the actions see no transaction around them
    try:
        with undone:
            outcome = _call(table, pk, move, actor, before)
            raise Undo
    except Undo:
        return outcome


def _row(table: Table, pk: int) -> Any:
    return table.model._default_manager.get(pk=pk)


def _call(table: Table, pk: int, move: str, actor: Actor, before: str) -> str:
    act, step = table.acts[move], table.lifecycle[plain(move)]
    found = _told(act, _row(table, pk), actor, before)
    if found != "done":
        return found
    after = _row(table, pk)
    if after.status != (act.ends_in or step.target):
        return f"went to {after.status}"
    assert_clean()
    if act.may_repeat or step.target in step.sources:
        return "done"
    once = _told(act, after, actor, fingerprint())
    return "done" if once == "refused" else f"the second time: {once}"


def _told(act: Act, thing: Any, actor: Actor, before: str) -> str:
    try:
        act.call(thing, actor, act.at)
    except (Refused, NotVisible):
        return "refused" if fingerprint() == before else "refused, but something changed"
    if fingerprint() != before:
        return "done"
    return "refused" if act.is_quiet else "nothing happened, and nobody was told"
