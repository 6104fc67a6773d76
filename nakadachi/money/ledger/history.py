"""Every entry of several accounts with the balance after it, and the balances, all from one statement of the database:
what is added up here and what the ledger says cannot be from different moments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection

from nakadachi.money.ledger.chart import name_of

AT_ONCE = 1000


@dataclass(frozen=True)
class HistoryRow:
    """One entry. `account_yen` is the balance of the account now; an account without entries has one row without."""

    account_id: int
    kind: str
    owner_id: int
    account_yen: int
    journal_id: int | None
    effective_at: date
    posted_at: datetime
    journal_kind: str
    ref_type: str
    ref_id: int | None
    calc: dict[str, Any] | None
    amount_yen: int
    balance_yen: int

    @property
    def account(self) -> str:
        """`member:12`, `hold:7`."""
        return name_of(self.kind, self.owner_id)


_SQL = """
    SELECT a.id, a.kind, a.owner_id, b.balance, e.journal_id, j.effective_at, j.posted_at, j.kind, j.ref_type, j.ref_id,
           j.calc, e.amount, (sum(e.amount) OVER (PARTITION BY a.id ORDER BY j.effective_at, e.journal_id))::bigint
    FROM ledger.account a
    JOIN ledger.current_balance b ON b.account_id = a.id
    LEFT JOIN ledger.entry e ON e.account_id = a.id
    LEFT JOIN ledger.journal j ON j.id = e.journal_id AND j.posted_at = e.posted_at
    WHERE a.owner_id IS NOT NULL AND ((a.kind = ANY(%s) AND a.owner_id = %s)
          OR (a.kind = 'hold' AND a.owner_id = ANY(%s::bigint[])))
    ORDER BY a.id, j.effective_at, e.journal_id
"""


def history(kinds: Sequence[str], owner_id: int, hold_ids: Sequence[int]) -> Iterator[HistoryRow]:
    """Of the accounts of these kinds that one owner has, and of some holds; read in pieces, never whole."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SQL, [list(kinds), owner_id, list(hold_ids)])
        while rows := list(islice(cursor, AT_ONCE)):
            yield from (HistoryRow(*row) for row in rows)
