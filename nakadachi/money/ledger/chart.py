"""The chart of accounts and every journal kind, as data. `docs/ledger.md` is made from it; `checks` compare with it.

A package above adds a flow by adding its kind here first: `book.post` refuses a kind that does not stand in the table,
and the audit reports a journal whose lines are not of its pattern.
"""

from dataclasses import dataclass
from enum import StrEnum


class AccountClass(StrEnum):
    """What a balance means. Credit is +: what we owe and earn stands positive, what we have and spend negative."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    REVENUE = "revenue"
    EXPENSE = "expense"


@dataclass(frozen=True)
class AccountKind:
    """One row of the chart. With `system_id`: the one append-only account of that number; without: one per owner."""

    name: str
    account_class: AccountClass
    meaning: str
    system_id: int | None = None

    @property
    def mode(self) -> str:
        """`A` append-only and folded, `S` synchronous and never below zero."""
        return "S" if self.system_id is None else "A"


_A, _L, _Q = AccountClass.ASSET, AccountClass.LIABILITY, AccountClass.EQUITY
_R, _X = AccountClass.REVENUE, AccountClass.EXPENSE

ACCOUNT_KINDS: dict[str, AccountKind] = {
    kind.name: kind
    for kind in (
        AccountKind("hold", _L, "Set aside for one purpose: amount and client fee. 0 when the hold is closed."),
        AccountKind("member", _L, "Confirmed reward of a member that is not yet on its way to a bank."),
        AccountKind("unapplied", _L, "A bank receipt not (fully) matched; applied to a hold or sent back."),
        AccountKind("plan_deferred", _L, "A paid option whose period is not over."),
        AccountKind("unclaimed", _L, "Left behind by consent when an account was closed; claimable."),
        AccountKind("withholding_payable", _L, "Income tax we kept back, owed to the tax office; per payee and year."),
        AccountKind("psp_clearing", _A, "What the card provider holds for us; equals its report.", 1),
        AccountKind("bank_client_money", _A, "The bank account kept apart for members' money.", 2),
        AccountKind("bank_operating", _A, "The operator's own bank account.", 3),
        AccountKind("operator_capital", _Q, "The operator's own money put in.", 4),
        AccountKind("chargeback_receivable", _A, "Taken back by the card provider, dispute undecided.", 5),
        AccountKind("refunds_in_transit", _L, "Leaving to a client, not yet confirmed by the provider.", 10),
        AccountKind("payouts_in_transit", _L, "Leaving to a member's bank, not yet confirmed.", 11),
        AccountKind("consumption_tax_payable", _L, "Consumption tax inside our fees and plans.", 12),
        AccountKind("fee_revenue_worker", _R, "Workers' fees without tax.", 20),
        AccountKind("fee_revenue_client", _R, "Clients' fees without tax.", 21),
        AccountKind("plan_revenue", _R, "Paid options without tax.", 22),
        AccountKind("payout_fee_income", _R, "Transfer fees borne by members, without tax.", 23),
        AccountKind("psp_fee_expense", _X, "What the card provider keeps.", 30),
        AccountKind("bank_fee_expense", _X, "What the bank charges for transfers.", 31),
        AccountKind("chargeback_loss", _X, "Disputes lost after the work was delivered.", 32),
        AccountKind("refund_loss", _X, "Refunds after release that the operator bears.", 33),
    )
}

SYSTEM: dict[str, int] = {kind.name: kind.system_id for kind in ACCOUNT_KINDS.values() if kind.system_id is not None}
"""Account id of every system account by name."""


@dataclass(frozen=True)
class JournalKind:
    """What a journal of this kind says, and which lines it may have.

    `lines` names account kinds with their sign (`-hold`, `+member`); a trailing `?` marks a line that is left out when
    its amount is zero. No lines: any pattern (a reversal mirrors whatever it corrects).
    """

    name: str
    meaning: str
    lines: tuple[str, ...] = ()

    @property
    def allowed(self) -> frozenset[tuple[str, str]]:
        """(sign, account kind) of every line that may occur."""
        return frozenset((line[0], line[1:].rstrip("?")) for line in self.lines)

    @property
    def required(self) -> frozenset[tuple[str, str]]:
        """(sign, account kind) of the lines that every such journal has."""
        return frozenset((line[0], line[1:]) for line in self.lines if not line.endswith("?"))


_FEES = ("+fee_revenue_worker?", "+fee_revenue_client?", "+consumption_tax_payable?")

JOURNAL_KINDS: dict[str, JournalKind] = {
    kind.name: kind
    for kind in (
        JournalKind(
            "operator.float",
            "The operator puts in own money, so that provider fees never touch members' money.",
            ("-bank_client_money", "+operator_capital"),
        ),
        JournalKind("hold.fund", "A captured card payment is set aside in a hold.", ("-psp_clearing", "+hold")),
        JournalKind(
            "psp.settle",
            "The card provider pays out to the bank and keeps its fee; signs turn when refunds exceed charges.",
            ("+psp_clearing?", "-psp_clearing?", "-bank_client_money?", "+bank_client_money?", "-psp_fee_expense?"),
        ),
        JournalKind(
            "hold.release",
            "Accepted work: the hold becomes the worker's reward, our fees and the tax inside them.",
            ("-hold", "+member?", *_FEES, "+withholding_payable?"),
        ),
        JournalKind(
            "hold.split",
            "By agreement or decision one part goes to the worker, the rest back to the client.",
            ("-hold", "+member?", *_FEES, "+withholding_payable?", "+refunds_in_transit?"),
        ),
        JournalKind("hold.refund", "The hold goes back to the client.", ("-hold", "+refunds_in_transit")),
        JournalKind(
            "hold.roll",
            "What is left of one week goes on into the next hold of the same contract.",
            ("-hold", "+hold"),
        ),
        JournalKind("refund.settle", "The provider confirmed the refund.", ("-refunds_in_transit", "+psp_clearing")),
        JournalKind(
            "refund.transfer",
            "The provider would not give it back: the operator sent it to the client's bank account.",
            ("-refunds_in_transit", "+bank_client_money"),
        ),
        JournalKind(
            "dispute.open",
            "A client disputes a card payment: the provider takes the sum, and its fee, until it is decided.",
            ("+psp_clearing", "-psp_fee_expense?", "-chargeback_receivable"),
        ),
        JournalKind(
            "dispute.won",
            "Decided for us: the provider gives the sum back.",
            ("-psp_clearing", "+chargeback_receivable"),
        ),
        JournalKind(
            "dispute.lost",
            "Decided for the client: undelivered money comes from its hold or a waiting refund, the rest is our loss.",
            ("+chargeback_receivable", "-hold?", "-refunds_in_transit?", "-chargeback_loss?"),
        ),
        JournalKind(
            "payout.request",
            "A member's reward leaves for the bank.",
            ("-member", "+payouts_in_transit", "+payout_fee_income?", "+consumption_tax_payable?"),
        ),
        JournalKind("payout.settle", "The bank executed the transfer.", ("-payouts_in_transit", "+bank_client_money")),
        JournalKind(
            "payout.cancel",
            "Cancelled before the bank executed it: the request is reversed.",
            ("+member?", "+unclaimed?", "-payouts_in_transit", "-payout_fee_income?", "-consumption_tax_payable?"),
        ),
        JournalKind(
            "payout.returned",
            "The bank sent an executed transfer back: the money is where it came from again.",
            ("-bank_client_money", "-payout_fee_income?", "-consumption_tax_payable?", "+member?", "+unclaimed?"),
        ),
        JournalKind(
            "unclaimed.leave",
            "A balance that nobody could be paid stays behind, by consent, when its account is closed.",
            ("-member", "+unclaimed"),
        ),
        JournalKind(
            "unclaimed.claim",
            "What stayed behind is claimed with the code of the receipt, and leaves for the bank.",
            ("-unclaimed", "+payouts_in_transit"),
        ),
        JournalKind("bank.charge", "The bank's charge for a run.", ("+bank_operating", "-bank_fee_expense")),
        JournalKind(
            "fees.sweep",
            "Earned fees leave the client-money account; at most what stands above members' liabilities.",
            ("+bank_client_money", "-bank_operating"),
        ),
        JournalKind("reversal", "A correction: every line of an earlier journal with its sign turned."),
    )
}


def name_of(kind: str, owner_id: int | None) -> str:
    """`member:12`, `hold:7`, `psp_clearing`."""
    return kind if owner_id is None else f"{kind}:{owner_id}"
