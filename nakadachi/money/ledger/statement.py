"""The statement of one account by business date: opening balance, each entry with the balance after it, closing."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from nakadachi.money.ledger.models import Account


@dataclass(frozen=True)
class StatementRow:
    """One entry and the balance after it."""

    effective_at: date
    journal_id: int
    kind: str
    ref_type: str
    ref_id: int | None
    amount_yen: int
    balance_yen: int


@dataclass(frozen=True)
class Statement:
    """Opening + all rows = closing, always."""

    account: Account
    since: date | None
    until: date | None
    opening_yen: int
    rows: tuple[StatementRow, ...]

    @property
    def closing_yen(self) -> int:
        """The balance at the end of the period."""
        return self.rows[-1].balance_yen if self.rows else self.opening_yen

    def as_text(self) -> str:
        """For a terminal."""
        lines = [f"{self.account.name}  {self.since or 'from the beginning'} – {self.until or 'today'}"]
        lines.append(f"{'':10}  {'':>10}  {'opening balance':40} {'':>18} {self.opening_yen:>18,}")
        for row in self.rows:
            what = f"{row.kind} {row.ref_type}:{row.ref_id}" if row.ref_type else row.kind
            lines.append(
                f"{row.effective_at}  {row.journal_id:>10}  {what:40} {row.amount_yen:>+18,} {row.balance_yen:>18,}"
            )
        lines.append(f"{'':10}  {'':>10}  {'closing balance':40} {'':>18} {self.closing_yen:>18,}")
        return "\n".join(lines)


_SQL = """
    SELECT j.effective_at, e.journal_id, j.kind, j.ref_type, j.ref_id, e.amount,
           (sum(e.amount) OVER (ORDER BY j.effective_at, e.journal_id))::bigint
    FROM ledger.entry e JOIN ledger.journal j ON j.id = e.journal_id AND j.posted_at = e.posted_at
    WHERE e.account_id = %s AND j.effective_at <= %s
    ORDER BY j.effective_at, e.journal_id
"""


def statement(account: Account, *, since: date | None = None, until: date | None = None) -> Statement:
    """The account's history between two business dates, both included."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [account.id, until or date.max])
        rows = [StatementRow(*row) for row in cursor.fetchall()]
    earlier = [row for row in rows if since and row.effective_at < since]
    opening_yen = earlier[-1].balance_yen if earlier else 0
    return Statement(account, since, until, opening_yen, tuple(rows[len(earlier) :]))
