"""仲介: every stage of a case; each of the operator's people who may rule."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.actions.sweeping import end_stage
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.models import Case
from tests import cast, walk
from tests.matrices.table import BOTH, THE_CLOCK, WITH_OFFICES, Act, Table, who
from tests.trust.mediation import stages

LATE = walk.START + timedelta(days=300)
SOON = timedelta(seconds=1)
Call = Callable[[Case, Actor, datetime], object]
STAGES = frozenset({"talking:offered", "deciding:offered", "decided:half", "appealed"})


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


def stage_over(stage: str) -> Act:
    """The time of that stage is over; the same timer ends every stage."""
    return Act(
        lambda case, by, at: end_stage(case.pk, at),
        THE_CLOCK,
        LATE,
        not_in=STAGES - {stage},
        tried_by=THE_CLOCK,
        is_quiet=True,
        may_repeat=stage == "talking:offered",  # the next stage is over by then, too
    )


CASES = Table(
    CASE,
    Case,
    roles=WITH_OFFICES,
    states={
        "talking:offered": lambda: _client_has_offered(stages.claim()),
        "deciding:offered": lambda: _client_has_offered(stages.deciding()),
        "decided:half": _half_accepted,
        "appealed": stages.appealed,
        "closed": stages.closed,
    },
    acts={
        "agree": Act(_offer, who("worker")),
        "withdraw": Act(_withdraw, who("client")),
        "rule": Act(_rule, who("staff", "support"), not_in=who("appealed")),
        "rule_again": Act(_rule, who("support"), not_in=who("deciding:offered")),  # not the one who ruled first
        "accept_ruling": Act(_accept, who("worker")),
        "appeal": Act(_appeal, BOTH),
        "hand_over": stage_over("talking:offered"),
        "hand_over:early": Act(
            lambda case, by, at: end_stage(case.pk, _in_time(case)), who(), tried_by=THE_CLOCK, is_quiet=True
        ),
        "default": stage_over("deciding:offered"),
        "take_effect": stage_over("decided:half"),
        "uphold": stage_over("appealed"),
    },
    follows={"drop": "tests/trust/mediation/test_mediation.py"},
)
TABLES = (CASES,)
