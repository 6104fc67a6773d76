"""Every stage × every move × every kind of actor: what the lifecycle allows works once, all else changes nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from nakadachi.kernel.actor import Actor
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.models import Case
from tests import cast, walk
from tests.market.matrix import BOTH, ROLES, Act, Table
from tests.market.state import fingerprint
from tests.market.test_matrix import attempt
from tests.trust.mediation import stages

LATE = walk.START + timedelta(days=300)
SOON = timedelta(seconds=1)
Call = Callable[[Case, Actor, datetime], object]


def _ruled_by_another(case: Case, by: Actor, at: datetime) -> object:
    actor = cast.by(stages.suzuki()) if by == cast.by(cast.tanaka()) else by
    return _rule(case, actor, at)


def _in_time(case: Case) -> datetime:
    return (case.due_at or case.closed_at) - SOON


def _rule(case: Case, by: Actor, at: datetime) -> object:
    return actions.rule(
        case=case, worker_amount_yen=3_000, reasons="双方の説明を読みました。", by=by, at=_in_time(case)
    )


def _offer(case: Case, by: Actor, at: datetime) -> object:
    return actions.offer(case=case, worker_amount_yen=5_000, request_key=uuid4(), by=by, at=_in_time(case))


def _accept(case: Case, by: Actor, at: datetime) -> object:
    return actions.accept_ruling(case=case, by=by, at=_in_time(case))


def _appeal(case: Case, by: Actor, at: datetime) -> object:
    return actions.appeal(case=case, reason="納得できません。", by=by, at=_in_time(case))


def _withdraw(case: Case, by: Actor, at: datetime) -> object:
    return actions.withdraw(case=case, by=by, at=_in_time(case))


def _client_has_offered(case: Case) -> Case:
    """All the offers it has."""
    for _ in range(3):
        case = stages.offer(case, cast.minato(), 5_000)
    return case


def _half_accepted() -> Case:
    case = stages.decided()
    actions.accept_ruling(case=case, by=cast.by(cast.minato()), at=case.due_at - SOON)
    return stages.fresh(case)


TABLE = Table(
    lifecycle=CASE,
    states={
        "talking:offered": lambda: _client_has_offered(stages.claim()),
        "deciding:offered": lambda: _client_has_offered(stages.deciding()),
        "decided:half": _half_accepted,
        "appealed": stages.appealed,
        "closed": stages.closed,
    },
    acts={
        "agree": Act(_offer, frozenset({"worker"})),
        "withdraw": Act(_withdraw, frozenset({"client"})),
        "rule": Act(_rule, frozenset({"staff"})),
        "rule_again": Act(_ruled_by_another, frozenset({"staff"})),
        "accept_ruling": Act(_accept, frozenset({"worker"})),
        "appeal": Act(_appeal, BOTH),
        "hand_over": Act(stages.by_clock, frozenset({"system"}), LATE),
        "default": Act(stages.by_clock, frozenset({"system"}), LATE),
        "take_effect": Act(stages.by_clock, frozenset({"system"}), LATE),
        "uphold": Act(stages.by_clock, frozenset({"system"}), LATE),
    },
)
SAME = {"rule": "rule_again", "rule_again": "rule", **dict.fromkeys(("hand_over", "default", "take_effect", "uphold"))}
"""One call brings these about, by the state it meets: each is tried where it belongs."""


@pytest.mark.parametrize("state", TABLE.states)
@pytest.mark.django_db
def test_allowed_moves_work_and_all_others_change_nothing(state: str) -> None:
    stages.suzuki()
    cast.sakura(), cast.tanaka()
    case = Case.objects.get(pk=TABLE.states[state]().pk)
    before, wrong = fingerprint(), []
    for move, act in TABLE.acts.items():
        if move in SAME and not CASE.allows(case.status, move) and case.status != Case.Status.CLOSED:
            continue
        for role, actor in ROLES.items():
            outcome = attempt(TABLE, case.pk, Case, act, actor(), move, before)
            if outcome != ("done" if TABLE.expects(state, move, role) else "refused"):
                wrong.append(f"{move} by {role}: {outcome}")
    assert wrong == []


def test_every_move_is_tried() -> None:
    assert {move.name for move in CASE.moves} == {*TABLE.acts, "drop"}, "`drop` has a test of its own"
