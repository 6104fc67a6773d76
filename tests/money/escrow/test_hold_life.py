"""Holds on the real ledger: every flow to the yen, every refusal without a trace, and everything twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import queries
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.payouts import pay_out
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.rulebook import Withholding
from tests.money.conftest import AT, Deal, assert_clean, price

NEXT_DAY = AT + timedelta(days=1)
FEES = {"fee_revenue_worker": 1_500, "fee_revenue_client": 500, "consumption_tax_payable": 200}
DealMaker = Callable[..., Deal]


def traces() -> list[object]:
    """All that an action could leave behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(amount) FROM ledger.entry")
        entries = cursor.fetchone()
    rows = [list(model.objects.order_by("pk").values()) for model in (Hold, Payment, Refund, Event)]
    return [entries, *rows, ledger.trial_balance()]


def settle_refunds() -> None:
    for refund in Refund.objects.filter(status="requested"):
        payments.send_refund(refund_id=refund.pk, at=NEXT_DAY)


def test_one_life_and_the_trial_balance_after_each_step(deal: Deal) -> None:
    assert deal.balances() == {}
    deal.pay()
    assert deal.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert deal.hold.status == "funded"
    pay_out(at=NEXT_DAY)
    assert payments.collect_settlements(at=NEXT_DAY) == 1
    assert deal.balances() == {"bank_client_money": -10_170, "hold": 10_550, "psp_fee_expense": -380}
    hold = escrow.release(hold=deal.hold, by=deal.by_client, at=NEXT_DAY)
    assert (hold.status, hold.closed_at, hold.balance_yen) == ("released", NEXT_DAY, 0)
    assert deal.balances() == {"bank_client_money": -10_170, "member": 8_350, "psp_fee_expense": -380, **FEES}
    assert_clean()


@pytest.mark.parametrize(
    ("case", "pays", "reward"),
    [
        (Withholding("client", "without_tax"), 9_622, 7_422),
        (Withholding("client", "with_tax"), 9_529, 7_329),
    ],
)
def test_what_the_client_withholds_never_comes_to_us(
    make_deal: DealMaker, case: Withholding, pays: int, reward: int
) -> None:
    deal = make_deal(withholding=case)
    deal.pay()
    assert deal.balances() == {"psp_clearing": -pays, "hold": pays}
    escrow.release(hold=deal.hold, by=deal.by_client, at=AT)
    assert deal.balances() == {"psp_clearing": -pays, "member": reward, **FEES}
    journal = ledger.journal(ledger.journals_about("hold", deal.hold.pk)[-1])
    assert journal.calc is not None
    assert journal.calc["part"]["withholding_yen"] == 10_550 - pays
    assert_clean()


def test_what_the_operator_withholds_is_owed_per_payee_and_year(make_deal: DealMaker) -> None:
    deal = make_deal(withholding=Withholding("operator"))
    deal.pay()
    escrow.release(hold=deal.hold, by=deal.by_client, at=AT)
    owed = f"withholding_payable:{deal.worker.pk}2026"
    assert deal.balances() == {"psp_clearing": -10_550, "member": 7_422, owed: 928, **FEES}
    assert_clean()


def test_three_parts_add_up(deal: Deal) -> None:
    deal.pay()
    rewards = []
    for amount_yen in (3_333, 3_333, 3_334):
        before = deal.balances().get("member", 0)
        hold = escrow.release(hold=deal.hold, amount_yen=amount_yen, by=deal.by_client, at=AT)
        rewards.append((deal.balances()["member"] - before, hold.status, hold.settled_yen))
        assert_clean()
    assert rewards == [(2_783, "funded", 3_516), (2_783, "funded", 7_033), (2_784, "released", 10_550)]
    assert deal.balances() == {"psp_clearing": -10_550, "member": 8_350, **FEES}


@pytest.mark.parametrize(
    ("case", "pays", "reward", "back"),
    [(Withholding(), 10_550, 3_340, 6_330), (Withholding("client"), 9_622, 2_969, 5_773)],
    ids=["N", "W1"],
)
def test_split(make_deal: DealMaker, case: Withholding, pays: int, reward: int, back: int) -> None:
    deal = make_deal(withholding=case)
    deal.pay()
    hold = escrow.split(hold=deal.hold, worker_amount_yen=4_000, by=deal.by_worker, at=AT)
    fees = {"fee_revenue_worker": 600, "fee_revenue_client": 200, "consumption_tax_payable": 80}
    assert (hold.status, hold.refunded_yen) == ("split", back)
    assert deal.balances() == {"psp_clearing": -pays, "member": reward, "refunds_in_transit": back, **fees}
    assert_clean()
    settle_refunds()
    assert deal.balances() == {"psp_clearing": back - pays, "member": reward, **fees}
    assert_clean()


@pytest.mark.parametrize(("worker_amount_yen", "status"), [(0, "refunded"), (10_000, "released")])
def test_a_split_of_nothing_or_all(deal: Deal, worker_amount_yen: int, status: str) -> None:
    deal.pay()
    assert escrow.split(hold=deal.hold, worker_amount_yen=worker_amount_yen, by=deal.by_client, at=AT).status == status
    assert_clean()


def test_refund_goes_back_whole_and_the_providers_fee_stays_ours(deal: Deal) -> None:
    deal.pay()
    pay_out(at=NEXT_DAY)
    payments.collect_settlements(at=NEXT_DAY)
    hold = escrow.refund(hold=deal.hold, by=deal.by_worker, at=NEXT_DAY)
    assert (hold.status, hold.refunded_yen) == ("refunded", 10_550)
    assert deal.balances() == {"bank_client_money": -10_170, "psp_fee_expense": -380, "refunds_in_transit": 10_550}
    settle_refunds()
    assert deal.balances() == {"bank_client_money": -10_170, "psp_fee_expense": -380, "psp_clearing": 10_550}
    assert_clean()
    pay_out(at=NEXT_DAY + timedelta(days=1))
    payments.collect_settlements(at=NEXT_DAY)
    assert deal.balances() == {"bank_client_money": 380, "psp_fee_expense": -380}
    assert_clean()


def test_after_a_part_the_rest_goes_back(deal: Deal) -> None:
    deal.pay()
    escrow.release(hold=deal.hold, amount_yen=4_000, by=SYSTEM, at=AT)
    hold = escrow.refund(hold=deal.hold, by=deal.by_worker, at=AT)
    assert (hold.status, hold.released_yen, hold.refunded_yen) == ("split", 4_000, 6_330)
    settle_refunds()
    assert deal.balances()["psp_clearing"] == 6_330 - 10_550
    assert Payment.objects.get(purpose_id=hold.pk, purpose="hold").refunded_yen == 6_330
    assert_clean()


def test_after_a_part_the_rest_is_split(deal: Deal) -> None:
    deal.pay()
    escrow.release(hold=deal.hold, amount_yen=3_333, by=SYSTEM, at=AT)
    hold = escrow.split(hold=deal.hold, worker_amount_yen=3_333, by=deal.by_worker, at=AT)
    assert (hold.status, hold.released_yen, hold.settled_yen, hold.refunded_yen) == ("split", 6_666, 7_033, 3_517)
    fees = {"fee_revenue_worker": 1_000, "fee_revenue_client": 334, "consumption_tax_payable": 133}
    assert deal.balances() == {"psp_clearing": -10_550, "member": 5_566, "refunds_in_transit": 3_517, **fees}
    assert_clean()


def test_the_operators_float(deal: Deal) -> None:
    payments.add_float(amount_yen=50_000, key=deal.start().key, at=AT)
    payments.add_float(amount_yen=50_000, key=deal.start().key, at=AT)
    assert deal.balances() == {"bank_client_money": -50_000, "operator_capital": 50_000}


def test_the_journal_keeps_what_it_was_computed_from(deal: Deal) -> None:
    deal.pay()
    escrow.release(hold=deal.hold, amount_yen=1_000, by=deal.by_client, at=AT)
    escrow.release(hold=deal.hold, amount_yen=2_000, by=deal.by_client, at=AT)
    journal = ledger.journal(ledger.journals_about("hold", deal.hold.pk)[-1])
    assert journal.kind == "hold.release"
    assert journal.calc is not None
    assert (journal.calc["before_yen"], journal.calc["part"]["amount_yen"]) == (1_000, 2_000)
    assert journal.calc["quote"]["rule"] == "lancers-2022-10/project"


NOBODY = Actor.member(999_999)
REFUSED = {
    "release by the worker": ("hold_not_payer", lambda d: escrow.release(hold=d.hold, by=d.by_worker, at=AT)),
    "release by a stranger": ("hold_not_payer", lambda d: escrow.release(hold=d.hold, by=NOBODY, at=AT)),
    "refund by the client": ("hold_not_payee", lambda d: escrow.refund(hold=d.hold, by=d.by_client, at=AT)),
    "refund by a stranger": ("hold_not_payee", lambda d: escrow.refund(hold=d.hold, by=NOBODY, at=AT)),
    "split by a stranger": (
        "hold_not_party",
        lambda d: escrow.split(hold=d.hold, worker_amount_yen=1, by=NOBODY, at=AT),
    ),
    "release nothing": (
        "hold_amount_outside",
        lambda d: escrow.release(hold=d.hold, amount_yen=0, by=d.by_client, at=AT),
    ),
    "release less than nothing": (
        "hold_amount_outside",
        lambda d: escrow.release(hold=d.hold, amount_yen=-1, by=d.by_client, at=AT),
    ),
    "release more than there is": (
        "hold_amount_outside",
        lambda d: escrow.release(hold=d.hold, amount_yen=10_001, by=d.by_client, at=AT),
    ),
    "split more than there is": (
        "hold_amount_outside",
        lambda d: escrow.split(hold=d.hold, worker_amount_yen=10_001, by=d.by_client, at=AT),
    ),
    "split less than nothing": (
        "hold_amount_outside",
        lambda d: escrow.split(hold=d.hold, worker_amount_yen=-1, by=d.by_client, at=AT),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refusals_leave_no_trace(deal: Deal, what: str) -> None:
    code, attempt = REFUSED[what]
    deal.pay()
    before = traces()
    with pytest.raises(Refused) as refused:
        attempt(deal)
    assert refused.value.refusal.code == code
    assert traces() == before


ENDS = {
    "released": lambda d: escrow.release(hold=d.hold, by=d.by_client, at=AT),
    "refunded": lambda d: escrow.refund(hold=d.hold, by=d.by_worker, at=AT),
    "split": lambda d: escrow.split(hold=d.hold, worker_amount_yen=4_000, by=d.by_client, at=AT),
}


@pytest.mark.parametrize("second", ENDS)
@pytest.mark.parametrize("first", ENDS)
def test_a_closed_hold_stays_as_it_is(deal: Deal, first: str, second: str) -> None:
    deal.pay()
    assert ENDS[first](deal).status == first
    before = traces()
    with pytest.raises(Refused):
        ENDS[second](deal)
    assert traces() == before
    assert_clean()


@pytest.mark.parametrize("verb", ENDS)
def test_nothing_moves_before_the_money_is_there(deal: Deal, verb: str) -> None:
    before = traces()
    with pytest.raises(Refused) as refused:
        ENDS[verb](deal)
    assert refused.value.refusal.code == "hold_not_funded"
    assert traces() == before


def test_opening_twice_gives_the_same_hold_and_other_terms_are_refused(deal: Deal) -> None:
    again = {
        "purpose": deal.hold.purpose,
        "purpose_id": deal.hold.purpose_id,
        "payer": deal.client,
        "payee": deal.worker,
        "by": deal.by_client,
        "at": AT,
    }
    assert escrow.open_hold(quote=price(), **again).pk == deal.hold.pk
    with pytest.raises(Refused) as refused:
        escrow.open_hold(quote=price(10_001), **again)
    assert refused.value.refusal.code == "hold_other_terms"
    with pytest.raises(Refused) as refused:
        escrow.open_hold(quote=price(), **(again | {"payee": deal.client}))
    assert refused.value.refusal.code == "hold_same_person"


def test_a_payment_that_comes_too_late_goes_straight_back(deal: Deal) -> None:
    payment = deal.pay()
    escrow.fund(hold=deal.hold, payment=payment, by=SYSTEM, at=AT)
    assert deal.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    second = deal.pay()
    escrow.fund(hold=deal.hold, payment=second, by=SYSTEM, at=AT)
    assert (second.status, second.pk != payment.pk) == ("captured", True)
    assert deal.balances() == {"psp_clearing": -21_100, "hold": 10_550, "refunds_in_transit": 10_550}
    settle_refunds()
    assert deal.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert_clean()


def test_only_the_two_sides_see_a_hold(deal: Deal) -> None:
    for actor in (deal.by_client, deal.by_worker, Actor.staff(1), SYSTEM):
        assert queries.hold_for(actor, deal.hold.pk).pk == deal.hold.pk
    for actor, hold_id in ((NOBODY, deal.hold.pk), (deal.by_client, deal.hold.pk + 1_000)):
        with pytest.raises(NotVisible):
            queries.hold_for(actor, hold_id)


def test_a_small_rest_that_would_cost_the_worker_money_is_not_left(make_deal: DealMaker) -> None:
    deal = make_deal(10_000, Withholding("client", "with_tax"))
    deal.pay()
    terms = deal.hold.terms
    costly = next(n for n in range(1, 10_000) if terms.part(n, 1).worker_receives_yen < 0)
    escrow.release(hold=deal.hold, amount_yen=costly, by=deal.by_client, at=AT)
    with pytest.raises(Refused) as refused:
        escrow.release(hold=deal.hold, amount_yen=1, by=deal.by_client, at=AT)
    assert refused.value.refusal.code == "hold_part_too_small"
    escrow.release(hold=deal.hold, by=deal.by_client, at=AT)
    assert_clean()
