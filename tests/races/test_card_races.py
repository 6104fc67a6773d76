"""Cards, webhooks and chargebacks at the same moment: exactly one effect, whoever brings the news."""

import threading
from functools import partial

import pytest
from django.db.models import QuerySet

from nakadachi.infra.events.models import Event
from nakadachi.infra.events.record import record
from nakadachi.market.contracts import actions as contracts
from nakadachi.money import payments as registry
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments import gateways
from nakadachi.money.payments.actions import charging
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Dispute, Payment, Refund
from tests import cast, walk
from tests.cast import by
from tests.money.payments import played
from tests.races.test_market_races import AT, ROUNDS, assert_clean, earned_yen, race

pytestmark = pytest.mark.races
COMPLAINED = AT + clockwork.COMPLAINT_AFTER


def number(name: str) -> str:
    return cards.BY_NAME[name].number


def the_dispute() -> object:
    ref = sandbox.Dispute.objects.latest("pk").ref
    answer = gateways.default().find_dispute(ref)
    assert answer is not None
    return partial(payments.take_note, gateway=gateways.default(), answer=answer, at=COMPLAINED)


def test_webhook_return_page_and_reconcile_capture_once(committed_db: str) -> None:
    for _ in range(ROUNDS):
        one = walk.milestone(walk.agreed())
        payment = walk.pay(one, card=number("delayed"))
        clockwork.run(at=AT + clockwork.MONEY_TAKES)
        event = sandbox.Event.objects.filter(key=payment.key, kind="charge.captured").get()
        ask = partial(payments.ask, payment_id=payment.pk, at=AT + clockwork.MONEY_TAKES)
        done = race(*[partial(played.deliver, event)] * 2, *[ask] * 3, partial(payments.reconcile, at=COMPLAINED))
        assert done == {"done": 6}
        one = walk.milestone(one.contract)
        assert (one.hold.status, one.hold.funded_yen) == ("funded", 10_550)
        assert_clean()


def test_a_chargeback_and_an_acceptance(committed_db: str) -> None:
    for _ in range(ROUNDS):
        one = walk.milestone(walk.agreed())
        walk.pay(one, card=number("dispute"))
        one = walk.deliver(walk.milestone(one.contract))
        clockwork.run(at=COMPLAINED)
        before = earned_yen()
        note, client = the_dispute(), by(cast.minato())
        accept = partial(contracts.accept, milestone=one, by=client, at=AT)
        done = race(note, accept, note, accept)
        one = walk.milestone(one.contract)
        accepted = one.status == "accepted"
        assert (one.hold.status, earned_yen() - before) == (("released", 8_350) if accepted else ("frozen", 0))
        assert done["hold_frozen"] == (0 if accepted else 2)
        assert Dispute.objects.filter(payment__purpose_id=one.hold_id).count() == 1
        assert_clean()


def test_a_chargeback_and_a_refund_never_give_more_than_was_paid(committed_db: str) -> None:
    for _ in range(ROUNDS):
        one = walk.milestone(walk.agreed())
        payment = walk.pay(one, card=number("dispute"))
        clockwork.run(at=COMPLAINED)
        one = walk.milestone(one.contract)
        back = partial(contracts.hand_back, milestone=one, by=by(cast.hanako()), at=AT)
        race(the_dispute(), back, the_dispute(), back)
        for refund in Refund.objects.filter(payment=payment):
            payments.send_refund(refund_id=refund.pk, at=COMPLAINED)
        clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=False, at=COMPLAINED)
        race(*[the_dispute()] * 4)
        one = walk.milestone(one.contract)
        dispute = Dispute.objects.get(payment=payment)
        given = dispute.from_hold_yen + dispute.from_refunds_yen
        assert (dispute.status, given, dispute.loss_yen) == ("lost", 10_550, 0)
        assert one.hold.balance_yen == 0
        assert_clean()


def test_two_tabs_with_two_cards_charge_once(committed_db: str) -> None:
    for _ in range(ROUNDS):
        one = walk.milestone(walk.agreed())
        race(*[partial(walk.pay, one, card=number(name)) for name in ("success", "challenge", "delayed", "success")])
        made = Payment.objects.filter(purpose="hold", purpose_id=walk.milestone(one.contract).hold_id)
        assert made.count() == 1
        assert sandbox.Charge.objects.filter(key__in=made.values("key")).count() == 1
        assert_clean()


def test_a_lost_decision_twice_at_once_is_booked_once(committed_db: str) -> None:
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=number("dispute"))
    clockwork.run(at=COMPLAINED)
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=False, at=COMPLAINED)
    assert race(*[the_dispute()] * 8) == {"done": 8}
    one = walk.milestone(one.contract)
    assert (one.hold.status, Dispute.objects.get(payment__purpose_id=one.hold_id).from_hold_yen) == (
        "charged_back",
        10_550,
    )
    assert_clean()


def promised() -> tuple[Payment, partial[object], partial[object]]:
    """A payment whose money has arrived, with the two who bring the news: a webhook and the reconciliation."""
    payment = walk.pay(walk.milestone(walk.agreed()), card=number("delayed"))
    clockwork.run(at=AT + clockwork.MONEY_TAKES)
    event = sandbox.Event.objects.filter(key=payment.key, kind="charge.captured").get()
    return payment, partial(played.deliver, event), partial(payments.reconcile, at=COMPLAINED)


def captures_of(payment: Payment) -> int:
    return Event.objects.filter(kind="payment.capture", subject_id=payment.pk).count()


def test_without_the_lock_and_the_guard_of_the_move_a_capture_is_told_twice(committed_db, monkeypatch) -> None:
    told: list[int] = []
    monkeypatch.setitem(registry.on_captured, "hold", lambda *, payment, **_: told.append(payment.pk))
    payment, *both = promised()
    race(*both)
    assert (told, captures_of(payment)) == ([payment.pk], 1)
    payment, *both = promised()
    meeting = threading.Barrier(2)

    def unguarded(thing, lifecycle, name, *, by, at, **columns):
        if name == "capture":
            meeting.wait(timeout=10)
        type(thing).objects.filter(pk=thing.pk).update(status=lifecycle[name].target, **columns)
        record(f"payment.{name}", thing, by=by, at=at)

    monkeypatch.setattr(charging, "move", unguarded)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *_args, **_options: rows)
    race(*both)
    assert (told[1:], captures_of(payment)) == ([payment.pk] * 2, 2)
