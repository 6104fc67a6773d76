"""The pure drafts of holds and payments, to the yen, in all four withholding cases."""

import pytest

from nakadachi.money.escrow import journals as escrow
from nakadachi.money.payments import journals as payments
from nakadachi.money.rulebook import Withholding
from tests.money.conftest import ON, lines, price

N = Withholding()
W1 = Withholding("client", "without_tax")
W2 = Withholding("client", "with_tax")
B = Withholding("operator", "without_tax")
ACCOUNTS = escrow.Accounts(hold_id=7001, member_id=7002, withheld_id=7003)
NAMES = {"hold": 7001, "member": 7002, "withholding_payable": 7003}


@pytest.mark.parametrize(("case", "pays"), [(N, 10_550), (W1, 9_622), (W2, 9_529), (B, 10_550)])
def test_fund(case: Withholding, pays: int) -> None:
    amount_yen = price(withholding=case).client_pays_yen
    draft = escrow.fund(hold_id=1, account_id=7001, amount_yen=amount_yen, payment_id=5, on=ON)
    assert lines(draft, **NAMES) == {"psp_clearing": -pays, "hold": pays}


@pytest.mark.parametrize(
    ("case", "out", "reward", "withheld"),
    [(N, 10_550, 8_350, 0), (W1, 9_622, 7_422, 0), (W2, 9_529, 7_329, 0), (B, 10_550, 7_422, 928)],
    ids=["N", "W1", "W2", "B"],
)
def test_release_in_full(case: Withholding, out: int, reward: int, withheld: int) -> None:
    draft = escrow.release(hold_id=1, accounts=ACCOUNTS, part=price(withholding=case).whole, calc={}, on=ON)
    expected = {
        "hold": -out,
        "member": reward,
        "fee_revenue_worker": 1_500,
        "fee_revenue_client": 500,
        "consumption_tax_payable": 200,
    }
    assert lines(draft, **NAMES) == (expected | {"withholding_payable": withheld} if withheld else expected)


@pytest.mark.parametrize(
    ("case", "out", "reward", "back"),
    [(N, 10_550, 3_340, 6_330), (W1, 9_622, 2_969, 5_773)],
    ids=["N", "W1"],
)
def test_split_forty_sixty(case: Withholding, out: int, reward: int, back: int) -> None:
    draft = escrow.split(
        hold_id=1, accounts=ACCOUNTS, part=price(withholding=case).part(0, 4_000), refund_yen=back, calc={}, on=ON
    )
    assert lines(draft, **NAMES) == {
        "hold": -out,
        "member": reward,
        "fee_revenue_worker": 600,
        "fee_revenue_client": 200,
        "consumption_tax_payable": 80,
        "refunds_in_transit": back,
    }


@pytest.mark.parametrize("amount_yen", [10_550, 9_622])
def test_refund_reserves_first_and_settles_when_the_provider_confirms(amount_yen: int) -> None:
    reserve = escrow.refund(hold_id=1, account_id=7001, amount_yen=amount_yen, calc={}, on=ON)
    settle = payments.refund_settle(refund_id=3, amount_yen=amount_yen, on=ON)
    assert lines(reserve, **NAMES) == {"hold": -amount_yen, "refunds_in_transit": amount_yen}
    assert lines(settle) == {"refunds_in_transit": -amount_yen, "psp_clearing": amount_yen}


def test_float_and_settlement() -> None:
    assert lines(payments.operator_float(amount_yen=50_000, on=ON)) == {
        "bank_client_money": -50_000,
        "operator_capital": 50_000,
    }
    assert lines(payments.psp_settle(settlement_id=1, gross_yen=10_550, fee_yen=380, on=ON)) == {
        "psp_clearing": 10_550,
        "bank_client_money": -10_170,
        "psp_fee_expense": -380,
    }


def test_settlement_with_more_refunds_than_charges_turns_the_signs() -> None:
    assert lines(payments.psp_settle(settlement_id=1, gross_yen=-10_550, fee_yen=0, on=ON)) == {
        "psp_clearing": -10_550,
        "bank_client_money": 10_550,
    }
    assert lines(payments.psp_settle(settlement_id=1, gross_yen=0, fee_yen=380, on=ON)) == {
        "bank_client_money": 380,
        "psp_fee_expense": -380,
    }


def test_monthly_fifty_thousand() -> None:
    draft = escrow.release(hold_id=1, accounts=ACCOUNTS, part=price(50_000).whole, calc={}, on=ON)
    assert lines(draft, **NAMES) == {
        "hold": -52_750,
        "member": 41_750,
        "fee_revenue_worker": 7_500,
        "fee_revenue_client": 2_500,
        "consumption_tax_payable": 1_000,
    }


def test_a_part_of_one_week_of_hours() -> None:
    draft = escrow.release(hold_id=1, accounts=ACCOUNTS, part=price(12_000).part(0, 7_500), calc={}, on=ON)
    assert lines(draft, **NAMES) == {
        "hold": -7_913,
        "member": 6_262,
        "fee_revenue_worker": 1_126,
        "fee_revenue_client": 376,
        "consumption_tax_payable": 149,
    }
