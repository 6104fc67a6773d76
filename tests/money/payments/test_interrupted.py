"""A process dies (kill -9) between any two steps of a payment or refund: nothing is lost, nothing happens twice."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections

from nakadachi.kernel.actor import SYSTEM
from nakadachi.money import payments as registry
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.payments import actions, gateways
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.gateways.sandbox.cards import DECLINED, SUCCESS
from nakadachi.money.payments.gateways.sandbox.gateway import SandboxGateway
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.payments.port import Charge, ChargeBack, GatewayUnavailable
from tests.money.conftest import AT, Deal, assert_clean, new_deal

SOON = AT + timedelta(minutes=2)
LATE = AT + timedelta(minutes=16)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(work: Callable[[], object]) -> bool:
    """Run `work` in a process of its own; True when that was killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


class DiesBefore(SandboxGateway):
    """The request never leaves the house."""

    def charge(self, **asked: object) -> Charge:
        die()
        return super().charge(**asked)  # type: ignore[arg-type]

    def refund(self, **asked: object) -> ChargeBack:
        die()
        return super().refund(**asked)  # type: ignore[arg-type]


class DiesAfter(SandboxGateway):
    """The provider acted, its answer is never heard."""

    def charge(self, **asked: object) -> Charge:
        super().charge(**asked)  # type: ignore[arg-type]
        die()
        raise AssertionError

    def refund(self, **asked: object) -> ChargeBack:
        super().refund(**asked)  # type: ignore[arg-type]
        die()
        raise AssertionError


class Silent(SandboxGateway):
    """The provider acted, the connection broke."""

    def charge(self, **asked: object) -> Charge:
        super().charge(**asked)  # type: ignore[arg-type]
        raise GatewayUnavailable

    def find_charge(self, key: object) -> Charge | None:
        raise GatewayUnavailable


@pytest.fixture
def real(committed_db: str) -> Iterator[Deal]:
    yield new_deal()


def use(gateway: SandboxGateway) -> Callable[[], None]:
    """Within the process that will die."""
    return lambda: setattr(gateways, "get", lambda name: gateway)


def pay(deal: Deal, first: Callable[[], None] = lambda: None, card: str = SUCCESS) -> bool:
    payment = deal.start()

    def work() -> None:
        first()
        actions.charge(payment_id=payment.pk, card_token=card, by=deal.by_client, at=AT)

    return killed(work)


def status() -> str:
    return Payment.objects.get().status


def test_before_the_call(real: Deal) -> None:
    assert pay(real, use(DiesBefore()))
    assert (status(), sandbox.Charge.objects.count()) == ("processing", 0)
    assert actions.reconcile(at=AT + timedelta(seconds=30)) == 0, "it might still be under way"
    assert actions.reconcile(at=AT + timedelta(seconds=60)) == 1
    assert (status(), real.balances()) == ("failed", {})
    assert real.pay().status == "captured"
    assert_clean()


def test_between_the_call_and_the_record(real: Deal) -> None:
    assert pay(real, use(DiesAfter()))
    assert (status(), sandbox.Charge.objects.count(), real.balances()) == ("processing", 1, {})
    assert_clean()
    assert actions.reconcile(at=AT) == 0, "it might still be under way"
    assert [actions.reconcile(at=SOON) for _ in range(2)] == [1, 0]
    assert (status(), real.balances()) == ("captured", {"psp_clearing": -10_550, "hold": 10_550})
    assert_clean()


def test_a_decline_that_was_never_heard(real: Deal) -> None:
    assert pay(real, use(DiesAfter()), DECLINED)
    assert actions.reconcile(at=SOON) == 1
    assert (status(), real.balances()) == ("declined", {})


def test_in_the_middle_of_the_record(real: Deal) -> None:
    def first() -> None:
        def fund_and_die(**captured: object) -> None:
            escrow.fund_from_payment(**captured)  # type: ignore[arg-type]
            die()

        registry.on_captured["hold"] = fund_and_die

    assert pay(real, first)
    assert (status(), real.balances()) == ("processing", {})
    assert actions.reconcile(at=SOON) == 1
    assert (status(), real.balances()) == ("captured", {"psp_clearing": -10_550, "hold": 10_550})
    assert_clean()


def test_right_after_the_record(real: Deal) -> None:
    payment = real.start()

    def work() -> None:
        actions.charge(payment_id=payment.pk, card_token=SUCCESS, by=real.by_client, at=AT)
        die()

    assert killed(work)
    assert actions.reconcile(at=LATE) == 0
    assert real.balances() == {"psp_clearing": -10_550, "hold": 10_550}


def test_the_client_clicks_again_while_nobody_knows(real: Deal) -> None:
    assert pay(real, use(DiesAfter()))
    again = real.start(uuid4())
    assert again.status == "processing"
    actions.charge(payment_id=again.pk, card_token=SUCCESS, by=real.by_client, at=SOON)
    assert sandbox.Charge.objects.count() == 1
    actions.reconcile(at=SOON)
    assert real.balances() == {"psp_clearing": -10_550, "hold": 10_550}


def test_what_was_given_up_is_never_charged_later(real: Deal) -> None:
    assert pay(real, use(DiesBefore()))
    actions.reconcile(at=LATE)
    payment = Payment.objects.get()
    assert (payment.status, payment.decline_code) == ("failed", "not_reached")
    answer = SandboxGateway().charge(key=payment.key, amount_yen=10_550, card_token=SUCCESS, at=LATE)
    assert answer.outcome == "voided", "the request that was under way all the time comes too late"
    actions.record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=LATE)
    assert (status(), real.balances()) == ("failed", {})
    assert_clean()


def test_money_of_a_provider_that_took_it_all_the_same_still_arrives(real: Deal) -> None:
    assert pay(real, use(DiesBefore()))
    actions.reconcile(at=LATE)
    payment = Payment.objects.get()
    sandbox.Charge.objects.filter(key=payment.key).update(outcome="captured", captured_at=LATE)
    answer = SandboxGateway().find_charge(payment.key)
    assert answer is not None
    actions.record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=LATE)
    assert real.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert_clean()


def test_a_silent_provider(real: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as during:
        during.setattr(gateways, "get", lambda name: Silent())
        payment = real.pay()
        assert (payment.status, actions.reconcile(at=LATE)) == ("processing", 0)
    assert actions.reconcile(at=LATE) == 1
    assert (status(), real.balances()) == ("captured", {"psp_clearing": -10_550, "hold": 10_550})


@pytest.mark.parametrize(("gateway", "done_there"), [(DiesBefore(), 0), (DiesAfter(), 1)])
def test_refunds(real: Deal, gateway: SandboxGateway, done_there: int) -> None:
    real.pay()
    escrow.refund(hold=real.hold, by=real.by_worker, at=AT)
    refund = Refund.objects.get()

    def work() -> None:
        use(gateway)()
        actions.send_refund(refund_id=refund.pk, at=AT)

    assert killed(work)
    assert (Refund.objects.get().status, sandbox.Refund.objects.count()) == ("requested", done_there)
    assert real.balances() == {"psp_clearing": -10_550, "refunds_in_transit": 10_550}
    assert_clean()
    assert [actions.reconcile(at=SOON) for _ in range(2)] == [1, 0]
    assert (Refund.objects.get().status, sandbox.Refund.objects.count(), real.balances()) == ("settled", 1, {})
    assert_clean()


def test_settlements_are_posted_once(real: Deal) -> None:
    from nakadachi.money.payments.gateways.sandbox.payouts import pay_out

    real.pay()
    assert pay_out(at=AT) is None, "what happens at the closing belongs to the next one"
    pay_out(at=LATE)
    assert [actions.collect_settlements(at=LATE) for _ in range(3)] == [1, 0, 0]
    assert real.balances() == {"hold": 10_550, "bank_client_money": -10_170, "psp_fee_expense": -380}
    assert_clean()
