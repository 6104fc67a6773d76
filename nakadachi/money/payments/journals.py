"""What payments post, as pure drafts: facts in, balanced lines out."""

from datetime import date

from nakadachi.kernel.money import Yen
from nakadachi.money.ledger import book


def operator_float(*, amount_yen: Yen, on: date) -> book.Draft:
    """The operator's own money into the client-money account, before provider fees are taken out of it."""
    return book.Draft(
        kind="operator.float",
        lines=[
            book.Line(book.SYSTEM["bank_client_money"], -amount_yen),
            book.Line(book.SYSTEM["operator_capital"], amount_yen),
        ],
        ref_type="",
        ref_id=None,
        effective_at=on,
        calc={"amount_yen": amount_yen},
    )


def psp_settle(*, settlement_id: int, gross_yen: Yen, fee_yen: Yen, on: date) -> book.Draft:
    """The provider pays out what it held, less its fee. With more refunds than charges the signs turn round."""
    lines = [
        book.Line(book.SYSTEM["psp_clearing"], gross_yen),
        book.Line(book.SYSTEM["bank_client_money"], fee_yen - gross_yen),
        book.Line(book.SYSTEM["psp_fee_expense"], -fee_yen),
    ]
    return book.Draft(
        kind="psp.settle",
        lines=[line for line in lines if line.amount_yen],
        ref_type="settlement",
        ref_id=settlement_id,
        effective_at=on,
        calc={"gross_yen": gross_yen, "fee_yen": fee_yen},
    )


def refund_settle(*, refund_id: int, amount_yen: Yen, on: date) -> book.Draft:
    """The provider confirmed: what was in transit has left through it."""
    return book.Draft(
        kind="refund.settle",
        lines=[
            book.Line(book.SYSTEM["refunds_in_transit"], -amount_yen),
            book.Line(book.SYSTEM["psp_clearing"], amount_yen),
        ],
        ref_type="refund",
        ref_id=refund_id,
        effective_at=on,
        calc={"amount_yen": amount_yen},
    )
