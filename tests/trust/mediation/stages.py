"""Reaches any stage of a mediation through the real actions. The milestone is that of the worked example: ¥10,000."""

from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refused
from nakadachi.market.contracts.models import Milestone
from nakadachi.people.models import Member
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.actions.sweeping import drop_gone, end_stage
from nakadachi.trust.mediation.models import Case
from tests import cast, walk
from tests.cast import by

START = walk.START
SECOND = timedelta(seconds=1)
CLIENT, WORKER = cast.minato, cast.hanako


def suzuki() -> Member:
    """A second operator, who may rule on appeals."""
    return cast.person("suzuki@example.jp", "鈴木(事務局)", is_operator=True)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("contract", "hold").get(pk=case.pk)


def claim(one: Milestone | None = None, *, who: Member | None = None, at: datetime = START) -> Case:
    one = one or walk.delivered(at=at)
    case = actions.open_case(
        hold=one.hold, reason="約束の内容と違います。", request_key=uuid4(), by=by(who or CLIENT()), at=at
    )
    return fresh(case)


def offer(case: Case, who: Member, worker_amount_yen: int, *, at: datetime | None = None) -> Case:
    actions.offer(
        case=case, worker_amount_yen=worker_amount_yen, request_key=uuid4(), by=by(who), at=at or case.opened_at
    )
    return fresh(case)


def state(case: Case, actor: Actor, text: str = "納品は約束どおりです。", *, at: datetime | None = None, files=()):
    return actions.state(case=case, text=text, attached=files, request_key=uuid4(), by=actor, at=at or case.opened_at)


def over(case: Case, *, away: timedelta = timedelta(0)) -> Case:
    """Let the time of the present stage pass."""
    end_stage(case.pk, case.due_at + away)
    return fresh(case)


def deciding(case: Case | None = None) -> Case:
    return over(case or claim())


def decided(case: Case | None = None, *, worker_amount_yen: int = 6_000) -> Case:
    case = deciding(case)
    actions.rule(case=case, worker_amount_yen=worker_amount_yen, reasons="約束の大半は果たされました。",
                 by=by(cast.tanaka()), at=case.due_at - SECOND)  # fmt: skip
    return fresh(case)


def appealed(case: Case | None = None) -> Case:
    case = decided(case)
    actions.appeal(case=case, reason="証拠が読まれていません。", by=by(WORKER()), at=case.due_at - SECOND)
    return fresh(case)


def closed() -> Case:
    return over(decided())


def by_clock(case: Case, by: Actor, at: datetime) -> None:
    """What the sweeper does, as a move that only it may make."""
    if by != SYSTEM or not end_stage(case.pk, at):
        raise Refused(MOVE_NOT_ALLOWED)


def without_money(case: Case, by: Actor, at: datetime) -> None:
    if by != SYSTEM or not drop_gone(case.pk, at):
        raise Refused(MOVE_NOT_ALLOWED)
