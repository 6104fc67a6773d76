"""The statement of one's own account as CSV: opens in a spreadsheet as it is, and does nothing there by itself."""

import csv
import io

from django.utils.translation import gettext, pgettext

from nakadachi.infra.sheets import BOM, safe_cell
from nakadachi.money.ledger.queries import account_named
from nakadachi.money.ledger.statement import Statement, statement
from nakadachi.web.pages.earnings.board import works_of
from nakadachi.web.pages.earnings.words import title_of


def statement_of(member_id: int) -> Statement:
    """The whole history of the member's account; raises `NotVisible` before the first reward."""
    return statement(account_named(f"member:{member_id}"))


def as_csv(found: Statement | None) -> str:
    """One row an entry, by business date, with the balance after it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            pgettext("csv", "Date"),
            pgettext("csv", "What it was"),
            pgettext("csv", "Work"),
            pgettext("csv", "Amount (yen)"),
            pgettext("csv", "Balance (yen)"),
            pgettext("csv", "Journal number"),
        ]
    )
    rows = found.rows if found else ()
    works = works_of([row.ref_id for row in rows if row.ref_type == "hold"])
    for row in rows:
        work = works.get(row.ref_id, "") if row.ref_type == "hold" else ""
        writer.writerow(
            [
                row.effective_at.isoformat(),
                safe_cell(title_of(row.kind)),
                safe_cell(work),
                row.amount_yen,
                row.balance_yen,
                row.journal_id,
            ]
        )
    return BOM + out.getvalue()


def file_name() -> str:
    """What the download is called."""
    return gettext("earnings") + ".csv"
