"""What payouts post, as pure drafts: facts in, balanced lines out."""

from datetime import date

from nakadachi.kernel.money import Yen, tax_inside
from nakadachi.money.ledger import book

_TRANSIT = book.SYSTEM["payouts_in_transit"]
_BANK = book.SYSTEM["bank_client_money"]
_FEE = book.SYSTEM["payout_fee_income"]
_TAX = book.SYSTEM["consumption_tax_payable"]


def request(*, payout_id: int, account_id: int, amount_yen: Yen, fee_yen: Yen, tax_bps: int, on: date) -> book.Draft:
    """The amount leaves the balance; what the bank will get is on its way, a fee borne by the member is ours."""
    tax_yen = tax_inside(fee_yen, tax_bps)
    return book.Draft(
        kind="payout.request",
        lines=[
            book.Line(account_id, -amount_yen),
            book.Line(_TRANSIT, amount_yen - fee_yen),
            book.Line(_FEE, fee_yen - tax_yen),
            book.Line(_TAX, tax_yen),
        ],
        ref_type="payout",
        ref_id=payout_id,
        effective_at=on,
        calc={"amount_yen": amount_yen, "bank_fee_yen": fee_yen, "tax_bps": tax_bps, "tax_yen": tax_yen},
    )


def leave(*, closing_id: int, from_account_id: int, to_account_id: int, amount_yen: Yen, on: date) -> book.Draft:
    """A balance stays behind when its account is closed: still owed, to whoever holds the receipt."""
    return book.Draft(
        kind="unclaimed.leave",
        lines=[book.Line(from_account_id, -amount_yen), book.Line(to_account_id, amount_yen)],
        ref_type="closing",
        ref_id=closing_id,
        effective_at=on,
    )


def claim(*, payout_id: int, account_id: int, amount_yen: Yen, on: date) -> book.Draft:
    """What stayed behind is on its way, whole and without a fee."""
    return book.Draft(
        kind="unclaimed.claim",
        lines=[book.Line(account_id, -amount_yen), book.Line(_TRANSIT, amount_yen)],
        ref_type="payout",
        ref_id=payout_id,
        effective_at=on,
    )


def settle(*, payout_id: int, pays_yen: Yen, on: date) -> book.Draft:
    """The bank executed the transfer."""
    return book.Draft(
        kind="payout.settle",
        lines=[book.Line(_TRANSIT, -pays_yen), book.Line(_BANK, pays_yen)],
        ref_type="payout",
        ref_id=payout_id,
        effective_at=on,
    )


def returned(
    *, payout_id: int, account_id: int, pays_yen: Yen, fee_back_yen: Yen, tax_bps: int, on: date
) -> book.Draft:
    """The bank sent it back: the member has the money again, and the fee too if it is given back."""
    tax_yen = tax_inside(fee_back_yen, tax_bps)
    return book.Draft(
        kind="payout.returned",
        lines=[
            book.Line(_BANK, -pays_yen),
            book.Line(_FEE, tax_yen - fee_back_yen),
            book.Line(_TAX, -tax_yen),
            book.Line(account_id, pays_yen + fee_back_yen),
        ],
        ref_type="payout",
        ref_id=payout_id,
        effective_at=on,
        calc={"pays_yen": pays_yen, "fee_back_yen": fee_back_yen, "tax_bps": tax_bps, "tax_yen": tax_yen},
    )


def bank_charge(*, run_id: int, charge_yen: Yen, on: date) -> book.Draft:
    """What the bank charged for the file: the operator's cost, by the bank's own figure."""
    return book.Draft(
        kind="bank.charge",
        lines=[
            book.Line(book.SYSTEM["bank_operating"], charge_yen),
            book.Line(book.SYSTEM["bank_fee_expense"], -charge_yen),
        ],
        ref_type="closing_run",
        ref_id=run_id,
        effective_at=on,
    )


def sweep(*, amount_yen: Yen, on: date) -> book.Draft:
    """Earned fees leave the account of members' money."""
    return book.Draft(
        kind="fees.sweep",
        lines=[book.Line(_BANK, amount_yen), book.Line(book.SYSTEM["bank_operating"], -amount_yen)],
        ref_type="fees_sweep",
        effective_at=on,
    )
