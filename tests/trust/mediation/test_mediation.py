"""Mediation: what freezes, who learns what, how every stage ends, and that every yen finds its owner."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from nakadachi.infra import timers
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.trust.mediation import actions, queries
from nakadachi.trust.mediation.crossing import midpoint
from nakadachi.trust.mediation.models import Case, Ruling, SealedOffer, Statement
from tests import cast, walk
from tests.cast import by
from tests.journeys.test_posting_to_bank_file import balances
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


def test_only_the_milestone_concerned_stands_still():
    one = walk.delivered((10_000, 5_000))
    walk.pay(walk.milestone(one.contract, 2))
    second = walk.deliver(walk.milestone(one.contract, 2))
    stages.claim(one)
    one = walk.milestone(one.contract)
    assert (one.hold.status, one.hold.is_claimed, one.hold.is_disputed) == ("frozen", True, False)
    client, worker = by(cast.minato()), by(cast.hanako())
    assert refused(lambda: contracts.accept(milestone=one, by=client, at=START)) == "hold_claimed"
    assert refused(lambda: contracts.hand_back(milestone=one, by=worker, at=START)) == "hold_claimed"
    assert timers.run(at=one.auto_accept_at + SECOND)["deliveries accepted after silence"] == 1, "the other one only"
    assert walk.milestone(one.contract).status == "delivered"
    assert walk.milestone(one.contract, 2).status == "accepted" != second.status
    assert_clean()


def test_offers_that_cross_end_it_half_way_at_once():
    case = stages.claim()
    case = stages.offer(case, cast.minato(), 5_001)
    assert case.status == "talking"
    case = stages.offer(case, cast.hanako(), 4_000)
    assert (case.status, case.outcome, case.result_yen) == ("closed", "agreed", 4_500)
    assert Contract.objects.get().status == "ended"
    assert case.hold.status == "split"
    assert case.hold.released_yen == 4_500
    assert_clean()


def test_offers_stay_sealed():
    case = stages.offer(stages.claim(), cast.minato(), 2_000)
    assert [one.worker_amount_yen for one in queries.own_offers(by(cast.minato()), case)] == [2_000]
    assert queries.own_offers(by(cast.hanako()), case) == []
    assert queries.own_offers(by(cast.tanaka()), case) == []


def test_an_offer_only_comes_nearer_and_there_are_three():
    cast.tanaka()
    case = stages.offer(stages.claim(), cast.minato(), 2_000)
    assert refused(lambda: stages.offer(case, cast.minato(), 1_999)) == "case_offer_lower"
    stages.offer(case, cast.minato(), 2_500)
    stages.offer(case, cast.minato(), 2_600)
    assert refused(lambda: stages.offer(case, cast.minato(), 2_700)) == "case_offers_used"
    stages.offer(case, cast.hanako(), 9_000)
    assert refused(lambda: stages.offer(case, cast.hanako(), 9_001)) == "case_offer_higher"
    assert refused(lambda: stages.offer(case, cast.hanako(), 10_001)) == "hold_amount_outside"
    assert refused(lambda: stages.offer(case, cast.tanaka(), 5_000)) == "case_not_party"


@given(client=st.integers(0, 10_000), worker=st.integers(0, 10_000))
def test_the_midpoint_lies_between_and_only_where_offers_cross(client: int, worker: int):
    found = midpoint(client, worker)
    assert (found is None) == (client < worker)
    assert found is None or worker <= found <= client


def test_the_operator_is_silent_and_what_was_delivered_is_paid():
    case = stages.over(stages.deciding())
    assert (case.outcome, case.result_yen, case.hold.status) == ("default", 10_000, "released")
    assert balances()[f"member:{cast.hanako().pk}"] == 8_350
    assert_clean()


def test_the_operator_is_silent_and_what_was_not_delivered_goes_back():
    case = stages.over(stages.deciding(stages.claim(walk.funded())))
    assert (case.outcome, case.result_yen, case.hold.status) == ("default", 0, "refunded")
    assert case.hold.refunded_yen == 10_550
    assert_clean()


def test_a_ruling_takes_effect_when_nobody_appeals():
    case = stages.decided()
    assert case.hold.status == "frozen"
    case = stages.over(case)
    assert (case.outcome, case.result_yen, case.hold.released_yen) == ("ruled", 6_000, 6_000)
    assert_clean()


def test_both_accept_a_ruling_and_need_not_wait():
    case = stages.decided()
    at = case.due_at - SECOND
    actions.accept_ruling(case=case, by=by(cast.hanako()), at=at)
    assert stages.fresh(case).status == "decided"
    assert refused(lambda: actions.accept_ruling(case=case, by=by(cast.hanako()), at=at)) == "case_already_accepted"
    actions.accept_ruling(case=case, by=by(cast.minato()), at=at)
    assert stages.fresh(case).outcome == "ruled"


def test_an_appeal_is_ruled_on_by_somebody_else_for_good():
    case = stages.appealed()
    at = case.due_at - SECOND
    again = {"case": case, "worker_amount_yen": 9_000, "reasons": "読み直しました。", "at": at}
    assert refused(lambda: actions.rule(**again, by=by(cast.tanaka()))) == "case_same_person"
    actions.rule(**again, by=by(stages.suzuki()))
    case = stages.fresh(case)
    assert (case.outcome, case.result_yen) == ("appeal", 9_000)
    assert [one.worker_amount_yen for one in Ruling.objects.order_by("number")] == [6_000, 9_000]
    assert_clean()


def test_silence_on_an_appeal_lets_the_first_ruling_stand():
    case = stages.over(stages.appealed())
    assert (case.outcome, case.result_yen) == ("ruled", 6_000)
    assert_clean()


def test_taken_back_the_time_that_was_lost_is_given_back():
    one = walk.delivered()
    due_at = one.auto_accept_at
    case = stages.claim(one)
    assert refused(lambda: actions.withdraw(case=case, by=by(cast.hanako()), at=START)) == "case_not_opener"
    actions.withdraw(case=case, by=by(cast.minato()), at=START + timedelta(days=2, hours=1))
    one = walk.milestone(one.contract)
    assert one.auto_accept_at == due_at + timedelta(days=3)
    assert one.hold.status == "funded"
    assert_clean()
    assert stages.claim(one, who=cast.hanako()).status == "talking", "and one may ask again"


def test_it_cannot_be_asked_for_twice_by_a_stranger_or_without_money():
    one = walk.delivered()
    with pytest.raises(NotVisible):
        stages.claim(one, who=cast.sakura())
    case = stages.claim(one)
    assert refused(lambda: stages.claim(one, who=cast.hanako())) == "case_already_open"
    paid = walk.accepted()
    assert refused(lambda: stages.claim(paid)) == "move_not_allowed"
    with pytest.raises(NotVisible):
        queries.case_for(by(cast.sakura()), case.pk)


def test_the_same_form_twice_opens_one_case():
    one, key = walk.delivered(), uuid4()
    ask = {"hold": one.hold, "reason": "約束と違います。", "request_key": key, "by": by(cast.minato()), "at": START}
    assert actions.open_case(**ask) == actions.open_case(**ask)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("text", ["", " \n "])
def test_nothing_is_opened_or_said_without_words(text: str):
    one = walk.delivered()
    ask = {"hold": one.hold, "request_key": uuid4(), "by": by(cast.minato()), "at": START}
    assert refused(lambda: actions.open_case(reason=text, **ask)) == "case_reason_missing"
    case = stages.claim(one)
    assert refused(lambda: stages.state(case, by(cast.minato()), text)) == "case_text_missing"


def test_statements_are_written_by_both_and_the_operator_and_kept():
    case = stages.claim()
    for author in (cast.minato(), cast.hanako(), cast.tanaka()):
        stages.state(case, by(author), files=[walk.upload()] if not author.is_operator else ())
    assert Statement.objects.filter(case=case).count() == 3
    with pytest.raises(NotVisible):
        stages.state(case, by(cast.sakura()))
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.update(text="書き換え")
    with pytest.raises(DatabaseError), transaction.atomic():
        SealedOffer.objects.all().delete()
        Statement.objects.all().delete()


def test_the_card_company_decides_first_and_a_case_without_money_is_dropped():
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    case = stages.claim(walk.milestone(one.contract))
    clockwork.run(at=START + timedelta(minutes=5))
    payments.reconcile(at=START + timedelta(minutes=5))
    case = stages.fresh(case)
    assert (case.hold.is_disputed, case.hold.is_claimed) == (True, True)
    at = START + timedelta(days=3)
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=False, at=at)
    payments.reconcile(at=at)
    assert timers.run(at=at)["mediations without money dropped"] == 1
    case = stages.fresh(case)
    assert (case.outcome, case.hold.status, case.result_yen) == ("moot", "charged_back", None)
    assert_clean()


def test_a_ruling_waits_for_the_card_company_and_then_takes_effect():
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    case = stages.claim(walk.deliver(walk.milestone(one.contract)))
    clockwork.run(at=START + timedelta(minutes=5))
    payments.reconcile(at=START + timedelta(minutes=5))
    case = stages.deciding(case)
    assert timers.run(at=case.due_at)["stages of mediation ended"] == 0, "nothing moves while it is disputed"
    assert stages.fresh(case).status == "deciding"
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=True, at=case.due_at)
    payments.reconcile(at=case.due_at)
    assert timers.run(at=case.due_at + SECOND)["stages of mediation ended"] == 1
    assert stages.fresh(case).outcome == "default"
    assert_clean()


@pytest.mark.parametrize(("away", "is_due"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_a_stage_ends_exactly_then(away: timedelta, is_due: bool):
    case = stages.claim()
    assert case.due_at == datetime(2026, 11, 9, 23, 59, tzinfo=JST)
    assert timers.run(at=case.due_at + away)["stages of mediation ended"] == int(is_due)


def test_everybody_silent_every_stage_ends_by_itself():
    stages.claim()
    assert timers.play(until=START + timedelta(days=60))["stages of mediation ended"] == 2
    assert Case.objects.get().outcome == "default"
    assert not [name for name in balances() if name.startswith("hold")]
    assert_clean()
