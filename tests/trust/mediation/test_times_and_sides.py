"""Who may do what in a mediation until the very second; the clock decides, whether the sweeper has come or not."""

from datetime import datetime

import pytest

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.people.roles.models import StaffRole
from nakadachi.trust.mediation import actions, policy
from nakadachi.trust.mediation.models import Case
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint
from tests.trust.mediation import stages
from tests.trust.mediation.stages import SECOND, START

pytestmark = pytest.mark.django_db


def refused(act) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as found:
        act()
    assert fingerprint() == before, "a refusal changes nothing"
    return found.value.refusal.code


def rule(case: Case, who: Actor, at: datetime) -> Case:
    return actions.rule(case=case, worker_amount_yen=6_000, reasons="約束の大半は果たされました。", by=who, at=at)


def test_the_stages_last_as_long_as_it_is_published() -> None:
    """Asked on 2 November: seven days to talk, ten to rule, seven to appeal, ten to rule again, to the last minute."""

    def night(day: int) -> datetime:
        return datetime(2026, 11, day, 23, 59, tzinfo=JST)

    case = stages.claim()
    assert case.due_at == night(9)
    case = stages.over(case)
    assert case.due_at == night(19)
    rule(case, by(cast.tanaka()), night(19) - SECOND)
    case = stages.fresh(case)
    assert case.due_at == night(26)
    actions.appeal(case=case, reason="証拠が読まれていません。", by=by(cast.hanako()), at=night(20))
    assert stages.fresh(case).due_at == night(30)


def test_the_operator_does_not_rule_before_the_talk_is_over_nor_after_the_time() -> None:
    tanaka = by(cast.tanaka())
    case = stages.claim()
    assert refused(lambda: rule(case, tanaka, case.due_at - SECOND)) == "case_not_yet"
    case = stages.over(case)
    assert refused(lambda: rule(case, tanaka, case.due_at)) == "case_too_late"
    rule(case, tanaka, case.due_at - SECOND)
    assert stages.fresh(case).status == "decided"


def test_whoever_is_a_side_does_not_rule_although_an_operator() -> None:
    """The worker has come to work for the operator meanwhile."""
    case = stages.deciding()
    hanako = cast.hanako()
    hanako.is_operator = True
    hanako.save(update_fields=["is_operator"])
    StaffRole.objects.create(member=hanako, role=StaffRole.Role.ADMIN, given_at=START)
    assert refused(lambda: rule(case, Actor.staff(hanako.pk), case.due_at - SECOND)) == "case_interested"


def test_offers_end_with_the_time_of_the_ruling() -> None:
    case = stages.deciding()
    late, minato = case.due_at, cast.minato()
    assert refused(lambda: stages.offer(case, minato, 4_000, at=late)) == "case_too_late"
    stages.offer(case, minato, 4_000, at=late - SECOND)


@pytest.mark.parametrize("answer", ["appeal", "accept"])
def test_a_ruling_is_answered_until_its_date(answer: str) -> None:
    case, worker = stages.decided(), by(cast.hanako())

    def say(at: datetime) -> object:
        if answer == "appeal":
            return actions.appeal(case=case, reason="証拠が読まれていません。", by=worker, at=at)
        return actions.accept_ruling(case=case, by=worker, at=at)

    late = case.due_at
    assert refused(lambda: say(late)) == "case_too_late"
    say(late - SECOND)


def test_what_is_ruled_on_is_not_taken_back() -> None:
    case = stages.decided()
    assert refused(lambda: actions.withdraw(case=case, by=by(cast.minato()), at=case.due_at - SECOND)) == (
        "case_no_offers_now"
    )


def test_a_delivery_that_was_taken_back_is_none_when_the_operator_is_silent() -> None:
    one = walk.delivered()
    contracts.withdraw_delivery(milestone=one, by=by(cast.hanako()), at=START)
    case = stages.over(stages.deciding(stages.claim(walk.milestone(one.contract))))
    assert (case.outcome, case.result_yen, case.hold.status) == ("default", 0, "refunded")
    assert_clean()


def test_each_author_writes_a_bounded_number_of_statements(monkeypatch) -> None:
    monkeypatch.setattr(policy, "STATEMENTS_MAX", 2)
    case, minato, hanako = stages.claim(), by(cast.minato()), by(cast.hanako())
    for author in (minato, hanako) * 2:
        stages.state(case, author)
    assert refused(lambda: stages.state(case, minato)) == "case_statements_used"
    stages.state(case, by(cast.tanaka()))
