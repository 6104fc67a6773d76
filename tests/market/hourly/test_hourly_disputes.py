"""A client disputes the card payment of a week: what was recorded is paid, and only the rest goes with the dispute."""

from datetime import timedelta

import pytest

from nakadachi.money.ledger import book, queries
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Dispute
from tests import hours, walk
from tests.hours import moment
from tests.market.state import assert_clean

pytestmark = pytest.mark.django_db
CARD = cards.BY_NAME["dispute"].number


def disputed(*, is_worked: bool):
    week = hours.week(hours.agreed())
    hours.pay(week, card=CARD)
    week = hours.week(week.engagement)
    if is_worked:
        hours.five_hours(week)
    at = moment(11, 12)
    clockwork.run(at=at)
    payments.reconcile(at=at)
    week = hours.week(week.engagement)
    assert week.hold.status == "frozen"
    return week


def decide(*, won: bool) -> None:
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=won, at=moment(12, 12))
    payments.reconcile(at=moment(12, 12))
    assert_clean()


def reward_yen(week) -> int:
    return queries.balance_yen(book.open_account("member", "member", week.engagement.contract.worker_id))


def test_lost_before_anything_was_recorded_the_money_goes_back_with_it() -> None:
    week = disputed(is_worked=False)
    decide(won=False)
    week, dispute = hours.week(week.engagement), Dispute.objects.get()
    assert (week.status, week.hold.status, week.hold.balance_yen) == ("settled", "charged_back", 0)
    assert (week.hold.is_disputed, week.hold.is_claimed) == (False, False)
    assert (dispute.from_hold_yen, dispute.loss_yen, reward_yen(week)) == (12_660, 0, 0)


def test_lost_after_five_hours_these_are_paid_and_the_loss_is_ours() -> None:
    week = disputed(is_worked=True)
    decide(won=False)
    week, dispute = hours.week(week.engagement), Dispute.objects.get()
    assert (week.approved_yen, reward_yen(week)) == (7_500, 6_262)
    assert (week.hold.status, week.hold.balance_yen) == ("charged_back", 0)
    assert dispute.from_hold_yen + dispute.loss_yen == 12_660
    assert dispute.from_hold_yen == 12_660 - week.hold.settled_yen


def test_won_the_week_goes_on() -> None:
    week = disputed(is_worked=True)
    due = week.act_by
    decide(won=True)
    week = hours.week(week.engagement)
    assert (week.status, week.hold.status, week.act_by) == ("open", "funded", due + timedelta(days=1))


def test_one_dispute_that_cannot_be_written_down_does_not_keep_the_others_waiting(monkeypatch, caplog) -> None:
    one, other = walk.milestone(walk.agreed()), walk.milestone(walk.agreed())
    for milestone in (one, other):
        walk.pay(milestone, card=CARD)
    clockwork.run(at=walk.START + timedelta(minutes=5))
    stuck = sandbox.Dispute.objects.order_by("pk").first()
    from nakadachi.money.payments.actions import recovery

    whole = recovery.take_note

    def breaking(**words):
        if words["answer"].ref == stuck.ref:
            raise ZeroDivisionError
        return whole(**words)

    monkeypatch.setattr(recovery, "take_note", breaking)
    payments.reconcile(at=walk.START + timedelta(minutes=5))
    assert stuck.ref in caplog.text
    assert [dispute.gateway_ref for dispute in Dispute.objects.all()] == [
        sandbox.Dispute.objects.exclude(pk=stuck.pk).get().ref
    ]
