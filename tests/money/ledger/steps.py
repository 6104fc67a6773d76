"""Short words for the tests of the ledger: accounts, drafts, the sum of everything."""

import time
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from django.db import connection

from nakadachi.money.ledger import book, queries
from nakadachi.money.ledger import fold as folding
from nakadachi.money.ledger.book import SYSTEM, Draft, Line

DAY = date(2026, 11, 22)
OTHERS_SECONDS_MAX = 60


def fold_all(fold: Callable[[], int] = folding.fold) -> int:
    """Fold until nothing is left: the watermark waits for every open transaction of the server, also for those of the
    tests beside this one. Returns how many entries were folded."""
    folded, until = fold(), time.monotonic() + OTHERS_SECONDS_MAX
    while folding.lag_seconds() > 0 and time.monotonic() < until:
        time.sleep(0.05)
        folded += fold()
    return folded


def hold(number: int) -> int:
    return book.open_account("hold", "hold", number)


def member(number: int) -> int:
    return book.open_account("member", "member", number)


def draft(kind: str, lines: dict[int, int], *, ref: int = 1, day: date = DAY, calc: dict | None = None) -> Draft:
    written = [Line(account_id, amount_yen) for account_id, amount_yen in lines.items()]
    return Draft(kind=kind, lines=written, ref_type=kind.partition(".")[0], ref_id=ref, effective_at=day, calc=calc)


def post(kind: str, lines: dict[int, int], *, ref: int = 1, day: date = DAY, key: UUID | None = None) -> int:
    return book.post(draft(kind, lines, ref=ref, day=day), key=key or uuid4())


def fund(account_id: int, amount_yen: int, *, ref: int = 1) -> int:
    return post("hold.fund", {SYSTEM["psp_clearing"]: -amount_yen, account_id: amount_yen}, ref=ref)


def fingerprint() -> tuple:
    """Everything that a refused posting must leave as it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT array_agg(b::text ORDER BY account_id) FROM ledger.current_balance b),"
            " (SELECT count(*) FROM ledger.journal), (SELECT count(*) FROM ledger.entry),"
            " (SELECT count(*) FROM ledger.idempotency), (SELECT count(*) FROM ledger.reversal)"
        )
        return cursor.fetchone()


def trial() -> dict[str, int]:
    """The trial balance without its zeros."""
    return {row.account: row.balance_yen for row in queries.trial_balance() if row.balance_yen}
