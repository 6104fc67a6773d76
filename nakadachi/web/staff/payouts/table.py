"""A run as CSV: one row a transfer with its journal, and the sum. Bank account numbers stay hidden."""

import csv
from collections.abc import Iterator

from nakadachi.infra.sheets import BOM, safe_cell
from nakadachi.money.payouts.models import ClosingRun

HEAD = (
    "payout",
    "member",
    "display_name",
    "bank",
    "branch",
    "account",
    "amount_yen",
    "pays_yen",
    "fee_yen",
    "status",
    "journal",
)
AT_ONCE = 1_000


class _Echo:
    def write(self, line: str) -> str:
        return line


def rows(run: ClosingRun) -> Iterator[str]:
    """Head, transfers in the order of the file, and the sums; they equal the ledger's account of payouts on their
    way."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BOM + str(writer.writerow(HEAD))
    amount_yen = pays_yen = fee_yen = 0
    for payout in run.payouts.select_related("member").order_by("id").iterator(AT_ONCE):
        amount_yen += payout.amount_yen
        pays_yen += payout.pays_yen
        fee_yen += payout.bank_fee_yen
        account = payout.masked
        yield str(
            writer.writerow(
                [
                    payout.pk,
                    payout.member_id,
                    safe_cell(payout.member.display_name),
                    account["bank"],
                    account["branch"],
                    account["number"],
                    payout.amount_yen,
                    payout.pays_yen,
                    payout.bank_fee_yen,
                    payout.status,
                    payout.journal_id,
                ]
            )
        )
    yield str(writer.writerow(["", "", "", "", "", "", amount_yen, pays_yen, fee_yen, "", ""]))
