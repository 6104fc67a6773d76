"""Rolling on: worked journal 3.14 to the yen, what does not fit, and where a refund finds its card."""

from collections.abc import Iterator, Sequence
from itertools import count
from uuid import uuid4

import pytest

from nakadachi.kernel.actor import SYSTEM
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import freezing, purposes, queries, rolling
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.rulebook import quote
from tests.money.conftest import AT, ON, assert_clean, member
from tests.money.escrow.test_hold_life import settle_refunds, traces

PURPOSE = "test-week"
_numbers = count(1)


class Weeks:
    """A client and a worker, one hold a week, and the rests that its payment is added to."""

    def __init__(self) -> None:
        self.client, self.worker = member("client"), member("worker")
        self.rests: Sequence[Hold] = ()

    def money_arrived(self, *, payment: Payment, by: object, at: object) -> None:
        rolling.fund(hold=hold_of(payment), payment=payment, rests=self.rests, by=SYSTEM, at=AT)

    def hold(self, amount_yen: int = 12_000) -> Hold:
        return escrow.open_hold(
            purpose=PURPOSE,
            purpose_id=next(_numbers),
            payer=self.client,
            payee=self.worker,
            quote=quote(service="lancers", format="hourly", amount_yen=amount_yen, on=ON),
            by=SYSTEM,
            at=AT,
        )

    def pay(self, hold: Hold, amount_yen: int, rests: Sequence[Hold] = (), card: str = SUCCESS) -> Hold:
        self.rests = rests
        payment = payments.start(
            purpose=escrow.PURPOSE,
            purpose_id=hold.pk,
            payer=self.client,
            amount_yen=amount_yen,
            request_key=uuid4(),
            by=SYSTEM,
            at=AT,
        )
        payments.charge(payment_id=payment.pk, card_token=card, by=SYSTEM, at=AT)
        return fresh(hold)

    def worked(self, minutes_yen: int = 7_500) -> Hold:
        """A week of which that much was worked and paid."""
        hold = self.hold()
        self.pay(hold, 12_660)
        if minutes_yen:
            escrow.release(hold=hold, amount_yen=minutes_yen, by=SYSTEM, at=AT)
        return fresh(hold)


@pytest.fixture
def weeks(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Weeks]:
    made = Weeks()
    monkeypatch.setitem(purposes.on_captured, PURPOSE, made.money_arrived)
    yield made


def hold_of(payment: Payment) -> Hold:
    return Hold.objects.get(pk=payment.purpose_id)


def fresh(hold: Hold) -> Hold:
    return Hold.objects.get(pk=hold.pk)


def journals(hold: Hold) -> dict[str, dict[str, int]]:
    """Kind to account kind and amount, of every journal about a hold."""
    views = [ledger.journal(journal_id) for journal_id in ledger.journals_about("hold", hold.pk)]
    return {view.kind: {line.account: line.amount_yen for line in view.lines} for view in views}


def test_worked_journal_3_14_to_the_yen(weeks: Weeks) -> None:
    first = weeks.worked()
    assert (first.funded_yen, first.settled_yen, first.balance_yen) == (12_660, 7_913, 4_747)
    second = weeks.hold()
    second = weeks.pay(second, 7_913, [first])
    first = fresh(first)
    assert (first.status, first.balance_yen, first.rolled_into_id) == ("rolled", 0, second.pk)
    assert (second.status, second.funded_yen, second.balance_yen) == ("funded", 12_660, 12_660)
    one, two = f"hold:{first.pk}", f"hold:{second.pk}"
    assert journals(first)["hold.release"] == {
        one: -7_913,
        f"member:{weeks.worker.pk}": 6_262,
        "fee_revenue_worker": 1_126,
        "fee_revenue_client": 376,
        "consumption_tax_payable": 149,
    }
    assert journals(first)["hold.roll"] == {one: -4_747, two: 4_747}
    assert journals(second)["hold.fund"] == {two: 7_913, "psp_clearing": -7_913}
    assert_clean()


def test_a_whole_rest_needs_no_payment(weeks: Weeks) -> None:
    first, second = weeks.worked(0), weeks.hold()
    second = rolling.fund(hold=second, payment=None, rests=[first], by=SYSTEM, at=AT)
    assert (second.status, second.funded_by_id, second.balance_yen) == ("funded", None, 12_660)
    before = traces()
    assert rolling.fund(hold=second, payment=None, rests=[fresh(first)], by=SYSTEM, at=AT).balance_yen == 12_660
    assert traces() == before
    assert_clean()


def test_what_the_next_week_does_not_need_goes_back(weeks: Weeks) -> None:
    first, second = weeks.worked(), weeks.hold(1_500)
    second = rolling.fund(hold=second, payment=None, rests=[first], by=SYSTEM, at=AT)
    first = fresh(first)
    assert second.balance_yen == 1_583
    assert (first.status, first.rolled_yen, first.refunded_yen, first.balance_yen) == ("rolled", 1_583, 3_164, 0)
    assert Refund.objects.get().amount_yen == 3_164
    settle_refunds()
    assert_clean()


def test_a_payment_that_no_longer_completes_the_sum_goes_straight_back(weeks: Weeks) -> None:
    first, second = weeks.worked(), weeks.hold()
    escrow.refund(hold=first, by=SYSTEM, at=AT)
    second = weeks.pay(second, 7_913, [first])
    assert (second.status, second.balance_yen) == ("unfunded", 0)
    assert sorted(Refund.objects.values_list("amount_yen", flat=True)) == [4_747, 7_913]
    settle_refunds()
    assert_clean()


def test_without_enough_nothing_is_funded(weeks: Weeks) -> None:
    first, second = weeks.worked(), weeks.hold()
    before = traces()
    assert rolling.fund(hold=second, payment=None, rests=[first], by=SYSTEM, at=AT).status == "unfunded"
    assert traces() == before


def test_only_between_the_same_two(weeks: Weeks) -> None:
    first = weeks.worked(0)
    weeks.worker = member("other")
    before = traces()
    with pytest.raises(AssertionError, match="same two people"):
        rolling.fund(hold=weeks.hold(), payment=None, rests=[first], by=SYSTEM, at=AT)
    assert len(traces()[1]) == len(before[1]) + 1, "only the new hold is there"


def test_a_refund_after_two_weeks_of_rolling_finds_both_cards(weeks: Weeks) -> None:
    first, second, third = weeks.worked(), weeks.hold(), weeks.hold()
    second = weeks.pay(second, 7_913, [first])
    third = rolling.fund(hold=third, payment=None, rests=[second], by=SYSTEM, at=AT)
    assert len(queries.payments_behind(third)) == 2
    assert queries.where_it_went(first.pk) == third.pk
    escrow.refund(hold=third, by=SYSTEM, at=AT)
    assert sorted(Refund.objects.values_list("amount_yen", flat=True)) == [4_747, 7_913]
    settle_refunds()
    assert_clean()


def test_a_disputed_payment_freezes_the_hold_its_money_went_into(weeks: Weeks) -> None:
    first, second = weeks.worked(), weeks.hold()
    second = weeks.pay(second, 7_913, [first])
    disputed, other = queries.payments_behind(second)[1], Payment.objects.exclude(purpose_id=first.pk).get()
    assert disputed.purpose_id == first.pk
    assert freezing.freeze(hold=second, payment=disputed, by=SYSTEM, at=AT).status == "frozen"
    before = traces()
    assert rolling.fund(hold=weeks.hold(), payment=None, rests=[second], by=SYSTEM, at=AT).status == "unfunded"
    assert len(traces()[1]) == len(before[1]) + 1, "only the new hold is there"
    assert freezing.unfreeze(hold=second, payment=other, by=SYSTEM, at=AT).status == "funded"
