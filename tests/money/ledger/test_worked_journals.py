"""The worked money flows at ¥10,000, to the yen: each journal as posted, and the trial balance after every step."""

from uuid import uuid4

import pytest

from nakadachi.money.ledger import book, checks, queries
from nakadachi.money.ledger.book import SYSTEM
from nakadachi.money.ledger.chart import JOURNAL_KINDS
from tests.money.ledger.steps import DAY, hold, member, post, trial

pytestmark = pytest.mark.django_db


def lines(**amounts_yen: int) -> dict[int, int]:
    """Account names to ids: `hold` and `member` mean number 1, `hold_2` number 2."""
    found = {}
    for name, amount_yen in amounts_yen.items():
        kind, _, number = name.partition("_")
        if kind in ("hold", "member"):
            account_id = {"hold": hold, "member": member}[kind](int(number or 1))
        else:
            account_id = SYSTEM[name]
        found[account_id] = amount_yen
    return found


RELEASE_N = {
    "hold": -10_550,
    "member": 8_350,
    "fee_revenue_worker": 1_500,
    "fee_revenue_client": 500,
    "consumption_tax_payable": 200,
}
RELEASE_W1 = RELEASE_N | {"hold": -9_622, "member": 7_422}
RELEASE_W2 = RELEASE_N | {"hold": -9_529, "member": 7_329}
SPLIT_N = {
    "hold": -10_550,
    "member": 3_340,
    "fee_revenue_worker": 600,
    "fee_revenue_client": 200,
    "consumption_tax_payable": 80,
    "refunds_in_transit": 6_330,
}
SPLIT_W1 = SPLIT_N | {"hold": -9_622, "member": 2_969, "refunds_in_transit": 5_773}
REQUEST_500 = {"member": -8_350, "payouts_in_transit": 7_850, "payout_fee_income": 455, "consumption_tax_payable": 45}
RETURNED_500 = {"bank_client_money": -7_850, "payout_fee_income": -455, "consumption_tax_payable": -45, "member": 8_350}

BEFORE = {
    "N": [("hold.fund", {"psp_clearing": -10_550, "hold": 10_550})],
    "W1": [("hold.fund", {"psp_clearing": -9_622, "hold": 9_622})],
    "W2": [("hold.fund", {"psp_clearing": -9_529, "hold": 9_529})],
}
BEFORE["refund"] = [*BEFORE["N"], ("hold.refund", {"hold": -10_550, "refunds_in_transit": 10_550})]
BEFORE["released"] = [*BEFORE["N"], ("hold.release", RELEASE_N)]
BEFORE["requested"] = [*BEFORE["released"], ("payout.request", {"member": -8_350, "payouts_in_transit": 8_350})]
BEFORE["requested, 500"] = [*BEFORE["released"], ("payout.request", REQUEST_500)]

FLOWS = [
    ("operator.float", [], {"bank_client_money": -50_000, "operator_capital": 50_000}),
    ("hold.fund", [], {"psp_clearing": -10_550, "hold": 10_550}),
    ("psp.settle", BEFORE["N"], {"psp_clearing": 10_550, "bank_client_money": -10_170, "psp_fee_expense": -380}),
    ("hold.release", BEFORE["N"], RELEASE_N),
    ("hold.release", BEFORE["W1"], RELEASE_W1),
    ("hold.release", BEFORE["W2"], RELEASE_W2),
    ("hold.split", BEFORE["N"], SPLIT_N),
    ("hold.split", BEFORE["W1"], SPLIT_W1),
    ("hold.refund", BEFORE["N"], {"hold": -10_550, "refunds_in_transit": 10_550}),
    ("hold.refund", BEFORE["W1"], {"hold": -9_622, "refunds_in_transit": 9_622}),
    ("refund.settle", BEFORE["refund"], {"refunds_in_transit": -10_550, "psp_clearing": 10_550}),
    ("payout.request", BEFORE["released"], {"member": -8_350, "payouts_in_transit": 8_350}),
    ("payout.request", BEFORE["released"], REQUEST_500),
    ("payout.settle", BEFORE["requested"], {"payouts_in_transit": -8_350, "bank_client_money": 8_350}),
    ("payout.settle", BEFORE["requested, 500"], {"payouts_in_transit": -7_850, "bank_client_money": 7_850}),
    ("payout.returned", BEFORE["requested"], {"bank_client_money": -8_350, "member": 8_350}),
    ("payout.returned", BEFORE["requested, 500"], RETURNED_500),
    ("bank.charge", [], {"bank_operating": 145, "bank_fee_expense": -145}),
    ("fees.sweep", BEFORE["released"], {"bank_client_money": 2_200, "bank_operating": -2_200}),
]


@pytest.mark.parametrize(("kind", "before", "amounts_yen"), FLOWS, ids=[kind for kind, _, _ in FLOWS])
def test_journal_to_the_yen(kind, before, amounts_yen):
    for earlier, earlier_lines in before:
        post(earlier, lines(**earlier_lines))
    journal_id = post(kind, wanted := lines(**amounts_yen))
    assert {line.account_id: line.amount_yen for line in queries.journal(journal_id).lines} == wanted
    written = queries.journal(journal_id).lines
    signs = {("+" if line.amount_yen > 0 else "-", line.account.partition(":")[0]) for line in written}
    assert JOURNAL_KINDS[kind].required <= signs <= JOURNAL_KINDS[kind].allowed
    assert checks.run() == []


def test_partial_releases_of_one_hold_empty_it_exactly():
    post("hold.fund", lines(psp_clearing=-10_550, hold=10_550))
    for out, worker in ((3_516, 2_783), (3_517, 2_783), (3_517, 2_784)):
        tax = 50 + 16
        ours = {
            "fee_revenue_worker": 500,
            "fee_revenue_client": out - worker - 500 - tax,
            "consumption_tax_payable": tax,
        }
        post("hold.release", lines(hold=-out, member=worker, **ours))
    assert queries.balance_yen(hold(1)) == 0
    assert queries.balance_yen(member(1)) == 8_350
    assert checks.run() == []


def test_a_payout_cancelled_before_the_bank_is_its_request_reversed():
    for kind, amounts_yen in BEFORE["released"]:
        post(kind, lines(**amounts_yen))
    before = trial()
    request = post("payout.request", lines(**REQUEST_500))
    book.reverse(request, key=uuid4(), effective_at=DAY, kind="payout.cancel")
    assert trial() == before
    assert checks.run() == []


def test_one_life_and_the_trial_balance_after_each_step():
    fees = {"fee_revenue_worker": 1_500, "fee_revenue_client": 500, "consumption_tax_payable": 200}
    life = [
        ("hold.fund", {"psp_clearing": -10_550, "hold": 10_550}, {"psp_clearing": -10_550, "hold:1": 10_550}),
        (
            "psp.settle",
            {"psp_clearing": 10_550, "bank_client_money": -10_170, "psp_fee_expense": -380},
            {"bank_client_money": -10_170, "hold:1": 10_550, "psp_fee_expense": -380},
        ),
        ("hold.release", RELEASE_N, {"bank_client_money": -10_170, "member:1": 8_350, "psp_fee_expense": -380, **fees}),
        (
            "payout.request",
            {"member": -8_350, "payouts_in_transit": 8_350},
            {"bank_client_money": -10_170, "payouts_in_transit": 8_350, "psp_fee_expense": -380, **fees},
        ),
        (
            "payout.settle",
            {"payouts_in_transit": -8_350, "bank_client_money": 8_350},
            {"bank_client_money": -1_820, "psp_fee_expense": -380, **fees},
        ),
        (
            "bank.charge",
            {"bank_operating": 145, "bank_fee_expense": -145},
            {
                "bank_client_money": -1_820,
                "bank_operating": 145,
                "psp_fee_expense": -380,
                "bank_fee_expense": -145,
                **fees,
            },
        ),
    ]
    for kind, amounts_yen, after in life:
        post(kind, lines(**amounts_yen))
        assert trial() == after
        assert sum(after.values()) == 0
        assert checks.run() == []
