"""What holds post, as pure drafts: facts in, balanced lines out. Every figure comes from the frozen quote."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from nakadachi.kernel.money import Yen
from nakadachi.money.ledger import book
from nakadachi.money.rulebook import Part


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one hold. `withheld_id`: for the tax office, only when the operator withholds."""

    hold_id: int
    member_id: int
    withheld_id: int | None = None


def fund(*, hold_id: int, account_id: int, amount_yen: Yen, payment_id: int, on: date) -> book.Draft:
    """What the provider captured now stands in the hold."""
    return book.Draft(
        kind="hold.fund",
        lines=[book.Line(book.SYSTEM["psp_clearing"], -amount_yen), book.Line(account_id, amount_yen)],
        ref_type="hold",
        ref_id=hold_id,
        effective_at=on,
        calc={"client_pays_yen": amount_yen, "payment_id": payment_id},
    )


def release(*, hold_id: int, accounts: Accounts, part: Part, calc: dict[str, Any], on: date) -> book.Draft:
    """A part (or all) becomes the worker's reward, our fees, and tax."""
    return _draft("hold.release", hold_id, [*_reward_lines(accounts, part)], calc, on)


def refund(*, hold_id: int, account_id: int, amount_yen: Yen, calc: dict[str, Any], on: date) -> book.Draft:
    """All that is left goes back to the client."""
    lines = [book.Line(account_id, -amount_yen), book.Line(book.SYSTEM["refunds_in_transit"], amount_yen)]
    return _draft("hold.refund", hold_id, lines, calc, on)


def roll(
    *, hold_id: int, account_id: int, into_account_id: int, amount_yen: Yen, calc: dict[str, Any], on: date
) -> book.Draft:
    """What is left goes on into the next hold of the same contract."""
    lines = [book.Line(account_id, -amount_yen), book.Line(into_account_id, amount_yen)]
    return _draft("hold.roll", hold_id, lines, calc, on)


def split(
    *, hold_id: int, accounts: Accounts, part: Part, refund_yen: Yen, calc: dict[str, Any], on: date
) -> book.Draft:
    """A part becomes reward, the rest goes back, in one journal."""
    reward = _reward_lines(accounts, part)
    lines = [
        book.Line(accounts.hold_id, reward[0].amount_yen - refund_yen),
        *reward[1:],
        book.Line(book.SYSTEM["refunds_in_transit"], refund_yen),
    ]
    return _draft("hold.split", hold_id, lines, calc, on)


def _reward_lines(accounts: Accounts, part: Part) -> list[book.Line]:
    lines = [
        book.Line(accounts.hold_id, -part.client_pays_yen),
        book.Line(accounts.member_id, part.worker_receives_yen),
        *_our_lines(part),
    ]
    if part.withheld_by == "operator":
        assert accounts.withheld_id is not None, "tax that we withhold needs an account"
        lines.append(book.Line(accounts.withheld_id, part.withholding_yen))
    return lines


@lru_cache(maxsize=1_000)
def _our_lines(part: Part) -> tuple[book.Line, ...]:
    """Our fees and the tax in them. Kept, because the thousand pieces of a batch are a handful of equal parts."""
    return (
        book.Line(book.SYSTEM["fee_revenue_worker"], part.worker_fee_yen - part.worker_fee_tax_yen),
        book.Line(book.SYSTEM["fee_revenue_client"], part.client_fee_yen - part.client_fee_tax_yen),
        book.Line(book.SYSTEM["consumption_tax_payable"], part.tax_yen),
    )


def _draft(kind: str, hold_id: int, lines: list[book.Line], calc: dict[str, Any], on: date) -> book.Draft:
    return book.Draft(
        kind=kind,
        lines=lines,
        ref_type="hold",
        ref_id=hold_id,
        effective_at=on,
        calc=calc,
    )
