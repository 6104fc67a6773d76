"""Whether the money kept for members is there, and how much above it is the operator's own."""

from dataclasses import dataclass

from nakadachi.kernel.money import Yen
from nakadachi.money.ledger.payable import totals_yen

OWED = (
    "hold",
    "member",
    "payouts_in_transit",
    "refunds_in_transit",
    "unapplied",
    "plan_deferred",
    "unclaimed",
    "withholding_payable",
)
"""Accounts of money that belongs to somebody else."""


@dataclass(frozen=True)
class Funds:
    """`bank_yen` and `provider_yen` are held for members; `owed_yen` says to whom they belong, by kind of account."""

    bank_yen: Yen
    provider_yen: Yen
    owed_yen: dict[str, Yen]

    @property
    def free_yen(self) -> Yen:
        """What is held above all that is owed; below zero the operator has to put money in."""
        return self.bank_yen + self.provider_yen - sum(self.owed_yen.values())

    @property
    def sweepable_yen(self) -> Yen:
        """What may leave the bank account for members' money now."""
        return max(0, min(self.bank_yen, self.free_yen))


def funds() -> Funds:
    """The state of all accounts, from one snapshot."""
    totals = totals_yen()
    return Funds(
        bank_yen=-totals.get("bank_client_money", 0),
        provider_yen=-totals.get("psp_clearing", 0),
        owed_yen={kind: totals[kind] for kind in OWED if totals.get(kind)},
    )
