"""Charging and refunding through the sandbox: once, never inside a transaction, never more than was paid."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.money.ledger import checks
from nakadachi.money.payments import actions, gateways, queries
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.payments.port import GatewayRefused
from tests.money.conftest import AT, Deal, assert_clean, member

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def gateway(db: None) -> gateways.Gateway:
    return gateways.default()


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (cards.DECLINED, "declined"),
        (cards.INSUFFICIENT_FUNDS, "insufficient_funds"),
        (cards.EXPIRED, "expired_card"),
        ("1234", "invalid_number"),
        ("💳" * 300, "invalid_number"),
    ],
)
def test_a_declined_card_moves_no_money_and_another_card_may_follow(deal: Deal, card: str, code: str) -> None:
    declined = deal.pay(card)
    assert (declined.status, declined.decline_code, deal.balances()) == ("declined", code, {})
    assert deal.hold.status == "unfunded"
    paid = deal.pay()
    assert (paid.status, deal.hold.status) == ("captured", "funded")
    assert paid.pk != declined.pk
    assert_clean()


@pytest.mark.parametrize("card", ["4242 4242 4242 4242", "４２４２４２４２４２４２４２４２", "4242-4242-4242-4242"])
def test_card_numbers_as_people_type_them(deal: Deal, card: str) -> None:
    assert deal.pay(card).status == "captured"


def test_no_card_is_refused_before_anything_happens(deal: Deal) -> None:
    payment = deal.start()
    with pytest.raises(Refused) as refused:
        actions.charge(payment_id=payment.pk, card_token=" ", by=deal.by_client, at=AT)
    assert refused.value.refusal.code == "card_missing"
    payment.refresh_from_db()
    assert payment.status == "created"


def test_the_same_form_and_a_second_tab_get_the_same_attempt(deal: Deal) -> None:
    form = uuid4()
    first = deal.start(form)
    assert deal.start(form).pk == deal.start(uuid4()).pk == first.pk
    deal.pay()
    assert deal.start(form).pk == first.pk
    assert deal.start(form).status == "captured"


def test_a_form_key_is_not_used_for_something_else(deal: Deal) -> None:
    form = uuid4()
    deal.start(form)
    deal.hold.client_pays_yen += 1
    with pytest.raises(Refused) as refused:
        deal.start(form)
    assert refused.value.refusal.code == "key_reused"
    with pytest.raises(Refused) as refused:
        deal.start()
    assert refused.value.refusal.code == "already_paying"


def test_nobody_pays_for_somebody_else(deal: Deal) -> None:
    payment = deal.start()
    for by in (deal.by_worker, Actor.member(payment.payer_id + 1_000)):
        with pytest.raises(Refused) as refused:
            actions.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=by, at=AT)
        assert refused.value.refusal.code == "not_payer"
        with pytest.raises(NotVisible):
            queries.payment_for(by, payment.pk)
    assert sandbox.Charge.objects.count() == 0


def test_charging_twice_takes_the_money_once(deal: Deal) -> None:
    payment = deal.pay()
    again = actions.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=deal.by_client, at=LATER)
    assert (again.status, sandbox.Charge.objects.count()) == ("captured", 1)
    assert deal.balances() == {"psp_clearing": -10_550, "hold": 10_550}


def test_news_that_comes_twice_or_late_changes_nothing(deal: Deal, gateway: gateways.Gateway) -> None:
    payment = deal.pay()
    answer = gateway.find_charge(payment.key)
    assert answer is not None
    for _ in range(2):
        actions.record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=LATER)
    assert deal.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert_clean()


def test_another_amount_than_asked_is_not_booked(deal: Deal, gateway: gateways.Gateway) -> None:
    payment = deal.start()
    Payment.objects.filter(pk=payment.pk).update(status="processing", processing_at=AT)
    answer = gateway.charge(key=payment.key, amount_yen=payment.amount_yen - 1, card_token=cards.SUCCESS, at=AT)
    for _ in range(2):
        failed = actions.record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=AT)
        assert (failed.status, failed.decline_code, deal.balances()) == ("failed", "mismatch", {})
    assert [offender.check for offender in checks.run()] == ["provider"]


def test_the_provider_is_never_called_inside_a_transaction(deal: Deal) -> None:
    payment = deal.start()
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        actions.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=deal.by_client, at=AT)
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        actions.send_refund(refund_id=1, at=AT)
    assert connection.in_atomic_block, "the test's own transaction, which does not count"


class TestSandbox:
    """The provider itself keeps its word."""

    def test_same_key_same_answer(self, gateway: gateways.Gateway) -> None:
        key = uuid4()
        first = gateway.charge(key=key, amount_yen=500, card_token=cards.SUCCESS, at=AT)
        assert gateway.charge(key=key, amount_yen=500, card_token=cards.DECLINED, at=LATER) == first
        assert gateway.find_charge(key) == first
        with pytest.raises(GatewayRefused, match="key_reused"):
            gateway.charge(key=key, amount_yen=501, card_token=cards.SUCCESS, at=LATER)

    def test_a_declined_charge_stays_declined(self, gateway: gateways.Gateway) -> None:
        key = uuid4()
        assert gateway.charge(key=key, amount_yen=500, card_token=cards.DECLINED, at=AT).outcome == "declined"
        assert gateway.charge(key=key, amount_yen=500, card_token=cards.SUCCESS, at=AT).outcome == "declined"

    def test_refunds_never_exceed_the_charge(self, gateway: gateways.Gateway) -> None:
        charge = gateway.charge(key=uuid4(), amount_yen=500, card_token=cards.SUCCESS, at=AT)
        key = uuid4()
        back = gateway.refund(key=key, charge_ref=charge.ref, amount_yen=300, at=AT)
        assert gateway.refund(key=key, charge_ref=charge.ref, amount_yen=300, at=LATER) == back
        for amount_yen in (201, 0, -5):
            with pytest.raises(GatewayRefused, match="amount_too_large"):
                gateway.refund(key=uuid4(), charge_ref=charge.ref, amount_yen=amount_yen, at=AT)
        with pytest.raises(GatewayRefused, match="key_reused"):
            gateway.refund(key=key, charge_ref=charge.ref, amount_yen=200, at=AT)
        with pytest.raises(GatewayRefused, match="charge_unknown"):
            gateway.refund(key=uuid4(), charge_ref="ch_none", amount_yen=1, at=AT)
        assert gateway.unsettled_yen() == 200

    def test_a_declined_charge_cannot_be_refunded(self, gateway: gateways.Gateway) -> None:
        charge = gateway.charge(key=uuid4(), amount_yen=500, card_token=cards.DECLINED, at=AT)
        with pytest.raises(GatewayRefused, match="charge_unknown"):
            gateway.refund(key=uuid4(), charge_ref=charge.ref, amount_yen=500, at=AT)


class TestRefunds:
    """Our side: reserved under a lock, once per key, never above what is left."""

    @pytest.fixture
    def payment(self, db: None) -> Payment:
        key = uuid4()
        charge = gateways.default().charge(key=key, amount_yen=1_000, card_token=cards.SUCCESS, at=AT)
        return Payment.objects.create(
            purpose="test",
            purpose_id=1,
            payer=member("payer"),
            amount_yen=1_000,
            gateway="sandbox",
            gateway_ref=charge.ref,
            key=key,
            request_key=uuid4(),
            status="captured",
            created_at=AT,
            captured_at=AT,
        )

    def ask(self, payment: Payment, amount_yen: int, key: object = None) -> Refund:
        return actions.request_refund(payment=payment, amount_yen=amount_yen, key=key or uuid4(), by=SYSTEM, at=AT)  # type: ignore[arg-type]

    def test_parts_up_to_the_whole_and_not_a_yen_more(self, payment: Payment) -> None:
        self.ask(payment, 600)
        with pytest.raises(Refused) as refused:
            self.ask(payment, 401)
        assert refused.value.refusal.code == "refund_too_large"
        self.ask(payment, 400)
        for amount_yen in (1, 0, -1):
            with pytest.raises(Refused):
                self.ask(payment, amount_yen)

    def test_the_same_key_is_the_same_refund(self, payment: Payment) -> None:
        key = uuid4()
        assert self.ask(payment, 600, key) == self.ask(payment, 600, key)
        with pytest.raises(Refused) as refused:
            self.ask(payment, 300, key)
        assert refused.value.refusal.code == "key_reused"
        assert Payment.objects.get().refunded_yen == 600

    def test_sending_twice_gives_back_once(self, payment: Payment) -> None:
        refund = self.ask(payment, 600)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'payments.send_refund'")
            assert cursor.fetchone() == (1,)
        first = actions.send_refund(refund_id=refund.pk, at=AT)
        again = actions.send_refund(refund_id=refund.pk, at=LATER)
        assert (first.status, again.settled_at) == ("settled", AT)
        assert [row.amount_yen for row in sandbox.Refund.objects.all()] == [600]

    def test_what_the_provider_refuses_stays_in_sight(self, payment: Payment) -> None:
        sandbox.Charge.objects.update(refunded_yen=900)
        refund = actions.send_refund(refund_id=self.ask(payment, 600).pk, at=AT)
        assert (refund.status, refund.refuse_code) == ("refused", "amount_too_large")
        assert [row.pk for row in queries.refused_refunds()] == [refund.pk]
        assert queries.expected_transit_yen() == 600
