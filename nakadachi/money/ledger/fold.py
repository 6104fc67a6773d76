"""Hot balances: what everybody credits is summed afterwards, behind a line that no open transaction can cross."""

from django.db import connection

from nakadachi.money.ledger.refusals import typed


def fold() -> int:
    """Add the entries of finished transactions to the hot balances; how many. Two folds at once: one does nothing."""
    with typed(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger.fold()")
        return int(cursor.fetchone()[0])


def lag_seconds() -> float:
    """Age of the oldest entry of a hot account that is not folded yet; 0 when all are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM clock_timestamp() - min(e.posted_at)) FROM ledger.hot_balance h"
            " JOIN ledger.entry e ON e.account_id = h.account_id AND e.account_id < 1000 AND e.xid >= h.upto_xid"
        )
        oldest = cursor.fetchone()[0]
    return max(0.0, float(oldest or 0))
