"""What payments post, as pure drafts: facts in, balanced lines out."""

from dataclasses import dataclass, replace
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


def refund_transfer(*, refund_id: int, amount_yen: Yen, on: date) -> book.Draft:
    """The operator gave it back from the bank account of members' money, since the provider would not."""
    return book.Draft(
        kind="refund.transfer",
        lines=[
            book.Line(book.SYSTEM["refunds_in_transit"], -amount_yen),
            book.Line(book.SYSTEM["bank_client_money"], amount_yen),
        ],
        ref_type="refund",
        ref_id=refund_id,
        effective_at=on,
        calc={"amount_yen": amount_yen},
    )


def dispute_open(*, dispute_id: int, amount_yen: Yen, fee_yen: Yen, on: date) -> book.Draft:
    """The provider took the sum and its fee at once."""
    lines = [
        book.Line(book.SYSTEM["psp_clearing"], amount_yen + fee_yen),
        book.Line(book.SYSTEM["psp_fee_expense"], -fee_yen),
        book.Line(book.SYSTEM["chargeback_receivable"], -amount_yen),
    ]
    return _of_dispute("dispute.open", dispute_id, lines, {"amount_yen": amount_yen, "fee_yen": fee_yen}, on)


def dispute_won(*, dispute_id: int, amount_yen: Yen, on: date) -> book.Draft:
    """The sum came back; the fee did not."""
    lines = [
        book.Line(book.SYSTEM["psp_clearing"], -amount_yen),
        book.Line(book.SYSTEM["chargeback_receivable"], amount_yen),
    ]
    return _of_dispute("dispute.won", dispute_id, lines, {"amount_yen": amount_yen}, on)


@dataclass(frozen=True, slots=True)
class Lost:
    """Where the money of a lost dispute comes from; `hold_id` and its account only when the hold gives something."""

    from_hold_yen: Yen
    from_refunds_yen: Yen
    loss_yen: Yen
    hold_id: int | None = None
    account_id: int | None = None


def dispute_lost(*, dispute_id: int, lost: Lost, on: date) -> book.Draft:
    """What was not delivered leaves the hold, what was on its way back anyway ends, the rest is the operator's loss."""
    amount_yen = lost.from_hold_yen + lost.from_refunds_yen + lost.loss_yen
    lines = [
        book.Line(book.SYSTEM["chargeback_receivable"], amount_yen),
        book.Line(book.SYSTEM["refunds_in_transit"], -lost.from_refunds_yen),
        book.Line(book.SYSTEM["chargeback_loss"], -lost.loss_yen),
    ]
    if lost.account_id is not None:
        lines.append(book.Line(lost.account_id, -lost.from_hold_yen))
    calc = {"amount_yen": amount_yen, "from_hold_yen": lost.from_hold_yen, "from_refunds_yen": lost.from_refunds_yen}
    draft = _of_dispute("dispute.lost", dispute_id, lines, calc | {"loss_yen": lost.loss_yen}, on)
    return replace(draft, ref_type="hold", ref_id=lost.hold_id) if lost.hold_id is not None else draft


def _of_dispute(kind: str, dispute_id: int, lines: list[book.Line], calc: dict[str, Yen], on: date) -> book.Draft:
    return book.Draft(
        kind=kind,
        lines=[line for line in lines if line.amount_yen],
        ref_type="dispute",
        ref_id=dispute_id,
        effective_at=on,
        calc=calc,
    )
