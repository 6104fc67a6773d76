"""Questions about many balances at once: what of them was confirmed by a day, and what they are together."""

from collections.abc import Collection
from datetime import date

from django.db import connection

_SQL = """
    SELECT * FROM (
        SELECT a.owner_id, b.balance - coalesce((
            SELECT sum(e.amount)
            FROM ledger.entry e JOIN ledger.journal j ON j.id = e.journal_id AND j.posted_at = e.posted_at
            WHERE e.account_id = a.id AND e.amount > 0 AND j.effective_at > %(until_on)s
        ), 0) AS amount
        FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id
        WHERE a.kind = %(kind)s AND b.balance >= %(at_least)s
          AND (%(owners)s::bigint[] IS NULL OR a.owner_id = ANY(%(owners)s::bigint[]))
    ) AS confirmed
    WHERE amount >= %(at_least)s ORDER BY owner_id
"""


def confirmed_yen(
    kind: str, *, until_on: date, at_least_yen: int, owner_ids: Collection[int] | None = None
) -> dict[int, int]:
    """By owner: the balance without what was credited after that day, where at least so much is left."""
    assert at_least_yen > 0
    owners = None if owner_ids is None else list(owner_ids)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"kind": kind, "until_on": until_on, "at_least": at_least_yen, "owners": owners})
        return {owner_id: int(amount) for owner_id, amount in cursor.fetchall()}


def totals_yen() -> dict[str, int]:
    """The sum of balances by kind of account, hot ones with their tail, from one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.kind, sum(b.balance) FROM ledger.account a"
            " JOIN ledger.current_balance b ON b.account_id = a.id GROUP BY a.kind"
        )
        return {kind: int(total) for kind, total in cursor.fetchall()}
