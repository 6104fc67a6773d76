"""A random market on the real ledger beside a model in plain Python: whatever happens in whatever order, they agree."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.refusal import Refused
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.ledger import book, checks
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import payouts
from nakadachi.money.payments.gateways.sandbox.cards import DECLINED
from nakadachi.money.payments.gateways.sandbox.gateway import SandboxGateway
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.rulebook import Withholding
from tests.money.conftest import AT, Deal, new_deal

CASES = [Withholding(), Withholding("client"), Withholding("client", "with_tax"), Withholding("operator")]
picks = st.integers(0, 10**6)
shares = st.integers(0, 1_000)
amounts = st.one_of(st.integers(1, 300), st.integers(1, 2_000_000), st.just(10_000))


@dataclass
class Expected:
    """The model of one hold: only sums, no rules of its own but the frozen quote."""

    deal: Deal
    open: bool = False
    closed: bool = False
    came_yen: int = 0
    left_yen: int = 0
    back_yen: int = 0
    gross_yen: int = 0
    reward_yen: int = 0

    @property
    def rest_yen(self) -> int:
        return self.deal.hold.amount_yen - self.gross_yen


class Market(RuleBasedStateMachine):
    """Fund, release in parts, split, refund, settle; every step may also be repeated."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Expected] = []
        self.in_transit_yen = 0
        self.refunds_are_sent()
        self.start = {row.account: row.balance_yen for row in ledger.trial_balance()}

    @initialize()
    def one_to_begin_with(self) -> None:
        self.open_and_fund(10_000, 0)

    @rule(amount_yen=amounts, case=st.integers(0, 3))
    def open_and_fund(self, amount_yen: int, case: int) -> None:
        one = Expected(new_deal(amount_yen, CASES[case]))
        one.deal.pay()
        one.open, one.came_yen = True, one.deal.hold.client_pays_yen
        self.all.append(one)

    @rule(amount_yen=amounts)
    def a_card_is_declined(self, amount_yen: int) -> None:
        one = Expected(new_deal(amount_yen))
        assert one.deal.pay(DECLINED).status == "declined"
        self.all.append(one)

    def pick(self, pick: int, *, is_open: bool) -> Expected | None:
        """Three times of four one in the right state, else anyone."""
        fitting = [one for one in self.all if one.open is is_open and (one.closed or is_open)]
        chosen = fitting if fitting and pick % 4 else self.all
        return chosen[pick % len(chosen)] if chosen else None

    @rule(pick=picks, share=shares)
    def release(self, pick: int, share: int) -> None:
        one = self.pick(pick, is_open=True)
        assert one is not None
        amount_yen = one.rest_yen * share // 1_000
        self.attempt(
            one, amount_yen, lambda: escrow.release(hold=one.deal.hold, amount_yen=amount_yen, by=SYSTEM, at=AT)
        )

    @rule(pick=picks)
    def release_the_rest(self, pick: int) -> None:
        one = self.pick(pick, is_open=True)
        assert one is not None
        self.attempt(one, one.rest_yen, lambda: escrow.release(hold=one.deal.hold, by=SYSTEM, at=AT))

    @rule(pick=picks, share=shares)
    def split(self, pick: int, share: int) -> None:
        one = self.pick(pick, is_open=True)
        assert one is not None
        amount_yen = one.rest_yen * share // 1_000
        work = lambda: escrow.split(hold=one.deal.hold, worker_amount_yen=amount_yen, by=SYSTEM, at=AT)  # noqa: E731
        self.attempt(one, amount_yen, work, rest_goes_back=True)

    @rule(pick=picks)
    def refund(self, pick: int) -> None:
        one = self.pick(pick, is_open=True)
        assert one is not None
        self.attempt(one, 0, lambda: escrow.refund(hold=one.deal.hold, by=SYSTEM, at=AT), rest_goes_back=True)

    def attempt(self, one: Expected, amount_yen: int, work: object, *, rest_goes_back: bool = False) -> None:
        """Either it is refused and nothing changes, or exactly this happens."""
        part = one.deal.hold.terms.part(one.gross_yen, amount_yen)
        try:
            work()  # type: ignore[operator]
        except Refused as refused:
            small = refused.refusal.code == "hold_part_too_small" and one.rest_yen < 100_000
            assert not one.open or amount_yen == 0 or small, refused.refusal.code
            return
        assert one.open, "a closed hold gave something"
        one.gross_yen += amount_yen
        one.left_yen += part.client_pays_yen
        one.reward_yen += part.worker_receives_yen
        if rest_goes_back:
            back_yen = one.came_yen - one.left_yen
            one.back_yen += back_yen
            self.in_transit_yen += back_yen
        if rest_goes_back or one.rest_yen == 0:
            one.open, one.closed = False, True

    @rule(pick=picks)
    def news_again(self, pick: int) -> None:
        one = self.pick(pick, is_open=bool(pick % 2))
        assert one is not None
        for payment in Payment.objects.filter(purpose="hold", purpose_id=one.deal.hold.pk):
            answer = SandboxGateway().find_charge(payment.key)
            assert answer is not None
            payments.record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=AT)
            if payment.status == "captured":
                escrow.fund(hold=one.deal.hold, payment=payment, by=SYSTEM, at=AT)

    @rule(pick=picks)
    @precondition(lambda self: any(one.came_yen for one in self.all))
    def a_second_payment(self, pick: int) -> None:
        paid = [one for one in self.all if one.came_yen]
        one = paid[pick % len(paid)]
        one.deal.pay()
        self.in_transit_yen += one.deal.hold.client_pays_yen

    @rule()
    def refunds_are_sent(self) -> None:
        for refund in Refund.objects.filter(status="requested"):
            assert payments.send_refund(refund_id=refund.pk, at=AT).status == "settled"
            payments.send_refund(refund_id=refund.pk, at=AT)
        self.in_transit_yen = 0

    @rule()
    def the_provider_pays_out(self) -> None:
        payouts.pay_out(at=AT + timedelta(seconds=1))
        payments.collect_settlements(at=AT)
        assert payments.collect_settlements(at=AT) == 0

    @rule(pick=picks)
    def a_journal_is_taken_back_and_done_again(self, pick: int) -> None:
        key, again = uuid4(), uuid4()
        journal_id = payments.add_float(amount_yen=1 + pick, key=key, at=AT)
        assert payments.add_float(amount_yen=1 + pick, key=key, at=AT) == journal_id
        taken_back = book.reverse(journal_id, key=again, effective_at=AT.date())
        assert book.reverse(journal_id, key=again, effective_at=AT.date()) == taken_back

    @invariant()
    def model_and_ledger_agree(self) -> None:
        now = {row.account: row.balance_yen for row in ledger.trial_balance()}
        assert sum(now.values()) == 0
        for one in self.all:
            assert now[f"hold:{one.deal.hold.pk}"] == one.came_yen - one.left_yen - one.back_yen
            assert now.get(f"member:{one.deal.worker.pk}", 0) == one.reward_yen
            assert not one.closed or now[f"hold:{one.deal.hold.pk}"] == 0
        assert now["refunds_in_transit"] - self.start["refunds_in_transit"] == self.in_transit_yen
        assert now["operator_capital"] == self.start["operator_capital"]

    def teardown(self) -> None:
        assert [str(offender) for offender in checks.run()] == []


@pytest.mark.django_db
def test_any_order_of_events_keeps_every_yen() -> None:
    run_state_machine_as_test(
        Market,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
