"""Mediation at the same moment: one ending, one division, every yen accounted for, whoever comes first."""

from functools import partial
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.money.ledger import checks
from nakadachi.money.ledger.models import Journal
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.actions.sweeping import end_stage
from nakadachi.trust.mediation.models import Case, Ruling
from tests import cast
from tests.cast import by
from tests.races.test_market_races import race
from tests.trust.mediation import stages

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("committed_db")]
ENDINGS = ("agree", "withdraw", "default", "accept_ruling", "take_effect", "rule_again", "uphold", "drop")


def assert_one_end(case: Case) -> Case:
    """Closed by one move, the money divided once (or not at all), the books clean."""
    case = stages.fresh(case)
    assert case.status == "closed"
    assert Event.objects.filter(kind__in=[f"case.{name}" for name in ENDINGS], subject_id=case.pk).count() == 1
    divided = Journal.objects.filter(ref_type="hold", ref_id=case.hold_id).exclude(kind="hold.fund").count()
    assert divided == (0 if case.outcome == "withdrawn" else 1)
    assert [str(offender) for offender in checks.run()] == []
    return case


def offering(case: Case, who, worker_amount_yen: int):
    return partial(
        actions.offer,
        case=case,
        worker_amount_yen=worker_amount_yen,
        request_key=uuid4(),
        by=by(who),
        at=case.opened_at,
    )


def test_offers_that_cross_at_once_settle_it_once():
    case = stages.claim()
    clients = [offering(case, cast.minato(), 6_000 + n) for n in range(3)]
    workers = [offering(case, cast.hanako(), 4_000 - n) for n in range(3)]
    found = race(*clients, *workers)
    assert found["done"] >= 2
    case = assert_one_end(case)
    assert case.outcome == "agreed"
    assert 4_000 <= case.result_yen <= 6_002


def test_asking_at_once_opens_one_case():
    one = stages.claim().contract  # the cast and a first case, taken back
    case = Case.objects.get(contract=one)
    actions.withdraw(case=case, by=by(cast.minato()), at=case.opened_at)
    asks = [
        partial(
            actions.open_case,
            hold=stages.fresh(case).hold,
            reason="納品が約束と違います。",
            request_key=uuid4(),
            by=by(who),
            at=case.opened_at,
        )
        for who in (cast.minato(), cast.hanako()) * 3
    ]
    assert race(*asks)["done"] == 1
    assert Case.objects.filter(hold=case.hold, status="talking").count() == 1


def test_ruling_and_taking_back_at_once_have_one_effect():
    case = stages.deciding()
    at, staff, client = case.due_at - stages.SECOND, by(cast.tanaka()), by(cast.minato())
    ruling = partial(
        actions.rule, case=case, worker_amount_yen=6_000, reasons="双方の説明を読みました。", by=staff, at=at
    )
    found = race(ruling, ruling, partial(actions.withdraw, case=case, by=client, at=at))
    case = stages.fresh(case)
    assert found["done"] == 1
    assert (case.status, Ruling.objects.filter(case=case).count()) in {("decided", 1), ("closed", 0)}
    if case.status == "closed":
        assert_one_end(case)


def test_an_appeal_and_the_clock_at_once_have_one_effect():
    case = stages.decided()
    soon, due_at = case.due_at - stages.SECOND, case.due_at
    appealing = partial(actions.appeal, case=case, reason="納得できません。", by=by(cast.hanako()), at=soon)
    race(appealing, partial(end_stage, case.pk, due_at), partial(end_stage, case.pk, due_at))
    case = stages.fresh(case)
    assert case.status in {"appealed", "closed"}
    if case.status == "closed":
        assert case.appealed_by_id is None
        assert_one_end(case)
    else:
        assert not Event.objects.filter(kind="case.take_effect", subject_id=case.pk).exists()


def test_both_accept_and_the_clock_comes_at_once():
    case = stages.decided()
    soon, due_at = case.due_at - stages.SECOND, case.due_at
    accepting = [
        partial(actions.accept_ruling, case=case, by=by(who), at=soon) for who in (cast.minato(), cast.hanako())
    ]
    race(*accepting, *accepting, partial(end_stage, case.pk, due_at))
    if stages.fresh(case).is_open:
        end_stage(case.pk, due_at)
    assert assert_one_end(case).result_yen == 6_000
