"""The audit: what must be true of the ledger at every committed moment, read from one snapshot.

A check is a function that answers with offenders. The ledger's own stand here and in `walls.py`; packages above add
theirs through `register` (filled in `config/wiring.py`): closed holds are 0, escrow liability = Σ open holds,
in-transit accounts = Σ in flight.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from nakadachi.money.ledger import walls
from nakadachi.money.ledger.chart import ACCOUNT_KINDS, JOURNAL_KINDS, name_of

PER_CHECK_MAX = 100
"""More offenders of one check than this are not listed: the first ones say enough."""


@dataclass(frozen=True)
class Offender:
    """One thing that is not as it must be: which check, which row, what is wrong (with the yen)."""

    check: str
    what: str
    detail: str

    def __str__(self) -> str:
        return f"{self.check}: {self.what}: {self.detail}"


Check = Callable[[], Iterable[tuple[str, str]]]
"""Answers with (what, detail) of every offender."""

_CHECKS: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check of a package above. The same name again replaces it."""
    _CHECKS[name] = check


def names() -> list[str]:
    """All checks in the order they run."""
    return list(_CHECKS)


def run(only: Iterable[str] | None = None) -> list[Offender]:
    """Every offender of every check (or of those named); empty when all is well."""
    chosen = list(_CHECKS) if only is None else list(only)
    with one_snapshot():
        return [Offender(name, what, detail) for name in chosen for what, detail in _CHECKS[name]()]


@contextmanager
def one_snapshot() -> Iterator[None]:
    """All checks see the same moment. Inside somebody else's transaction: that transaction's view."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL work_mem = '192MB'")
        cursor.execute("SET LOCAL jit = off")
        yield


def _rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql + " LIMIT %s", [*parameters, PER_CHECK_MAX])
        return list(cursor.fetchall())


_FINGERPRINTS = """
    SELECT e.flaws, e.journals, e.mark, j.journals, j.mark, j.id_mark, i.requests, i.id_mark FROM (
        SELECT count(*) FILTER (WHERE lines < 2 OR total <> 0) AS flaws, count(*) AS journals,
               bit_xor(hashint8extended(journal_id, timestamp_hash(posted_at AT TIME ZONE 'UTC'))) AS mark
        FROM (SELECT journal_id, posted_at, count(*) AS lines, ledger.total(amount) AS total
              FROM ledger.entry GROUP BY journal_id, posted_at) AS sums
    ) AS e, (
        SELECT count(*) AS journals, bit_xor(hashint8extended(id, 0)) AS id_mark,
               bit_xor(hashint8extended(id, timestamp_hash(posted_at AT TIME ZONE 'UTC'))) AS mark FROM ledger.journal
    ) AS j, (
        SELECT count(*) AS requests, bit_xor(hashint8extended(journal_id, 0)) AS id_mark FROM ledger.idempotency
    ) AS i
"""


def journals() -> Iterator[tuple[str, str]]:
    """Every journal has two lines or more, they sum to zero and carry its time; no entry is without a journal; every
    journal has exactly one request behind it.

    Sums and fingerprints of both sides say quickly that all is well; only if not, the offenders are looked for.
    """
    (row,) = _rows(_FINGERPRINTS)
    flaws, entries, entries_mark, journals, journals_mark, ids_mark, requests, requests_mark = row
    if flaws or (entries, entries_mark) != (journals, journals_mark):
        yield from _unsound_journals()
    if (journals, ids_mark) != (requests, requests_mark):
        yield from _unmatched_requests()


def _unsound_journals() -> Iterator[tuple[str, str]]:
    for journal_id, head, lines, total in _rows(
        """
        SELECT coalesce(j.id, e.journal_id), j.id IS NOT NULL, coalesce(e.lines, 0), coalesce(e.total, 0)
        FROM ledger.journal j FULL JOIN (
            SELECT journal_id, count(*) AS lines, ledger.total(amount) AS total,
                   min(posted_at) AS first, max(posted_at) AS last
            FROM ledger.entry GROUP BY journal_id
        ) AS e ON e.journal_id = j.id
        WHERE j.id IS NULL OR e.journal_id IS NULL OR e.lines < 2 OR e.total <> 0
           OR e.first <> j.posted_at OR e.last <> j.posted_at
        """
    ):
        if not head:
            yield f"journal {journal_id}", f"{lines} entries of {total:+} yen without a journal"
        elif lines < 2 or total:
            yield f"journal {journal_id}", f"{lines} lines sum to {total:+} yen"
        else:
            yield f"journal {journal_id}", "its entries carry another time than the journal"


def _unmatched_requests() -> Iterator[tuple[str, str]]:
    sql = """
        SELECT j.id, i.journal_id, i.times FROM ledger.journal j FULL JOIN (
            SELECT journal_id, count(*) AS times FROM ledger.idempotency GROUP BY journal_id
        ) AS i ON i.journal_id = j.id
        WHERE j.id IS NULL OR i.journal_id IS NULL OR i.times > 1
    """
    for journal_id, requested, times in _rows(sql):
        if journal_id is None:
            yield f"journal {requested}", "was answered to a request but does not exist"
        elif requested is None:
            yield f"journal {journal_id}", "no request is known for it"
        else:
            yield f"journal {journal_id}", f"stands behind {times} requests"


def balances() -> Iterator[tuple[str, str]]:
    """The balance of every account is the sum of its entries (hot: folded + tail), and counts them."""
    for account_id, kind, owner_id, balance, total, version, lines in _rows(
        """
        SELECT coalesce(a.id, e.account_id, b.account_id), a.kind, a.owner_id, b.balance, coalesce(e.total, 0),
               b.version, coalesce(e.lines, 0)
        FROM ledger.account a
        FULL JOIN (SELECT account_id, ledger.total(amount) AS total, count(*) AS lines
                   FROM ledger.entry GROUP BY account_id) AS e ON e.account_id = a.id
        FULL JOIN (SELECT account_id, balance, version FROM ledger.balance
                   UNION ALL SELECT account_id, balance, NULL FROM ledger.current_balance WHERE account_id < 1000) AS b
               ON b.account_id = coalesce(a.id, e.account_id)
        WHERE a.id IS NULL OR b.account_id IS NULL OR b.balance <> coalesce(e.total, 0)
           OR b.version <> coalesce(e.lines, 0)
        """
    ):
        name = f"account {account_id}" if kind is None else name_of(kind, owner_id)
        if kind is None:
            yield name, f"{lines} entries of {total:+} yen on an unknown account"
        elif balance is None:
            yield name, f"no balance, entries sum to {total:+} yen"
        elif balance != total:
            yield name, f"balance {balance:+} yen, entries sum to {total:+} yen"
        else:
            yield name, f"balance counts {version} entries, there are {lines}"


def no_overdraft() -> Iterator[tuple[str, str]]:
    """No synchronous account is below zero."""
    sql = """
        SELECT b.account_id, a.kind, a.owner_id, b.balance, b.min_balance FROM ledger.balance b
        LEFT JOIN ledger.account a ON a.id = b.account_id WHERE b.balance < 0 OR b.min_balance <> 0
    """
    for account_id, kind, owner_id, balance, minimum in _rows(sql):
        name = f"account {account_id}" if kind is None else name_of(kind, owner_id)
        yield name, f"balance {balance:+} yen, minimum {minimum:+}"


def closed_accounts() -> Iterator[tuple[str, str]]:
    """A closed account is empty, known as closed to the postings, and has no entry after its closing."""
    sql = """
        SELECT a.kind, a.owner_id, b.balance, b.is_open FROM ledger.account a
        JOIN ledger.balance b ON b.account_id = a.id
        WHERE (a.closed_at IS NULL) <> b.is_open OR (a.closed_at IS NOT NULL AND (b.balance <> 0 OR EXISTS (
            SELECT FROM ledger.entry e WHERE e.account_id = a.id AND e.posted_at > a.closed_at)))
    """
    for kind, owner_id, balance, is_open in _rows(sql):
        yield (
            name_of(kind, owner_id),
            f"closed, yet open to postings: {is_open}, balance {balance:+} yen, or used since",
        )


def reversals() -> Iterator[tuple[str, str]]:
    """A reversal is the mirror image of what it reverses."""
    sql = """
        SELECT r.journal_id, r.by_journal_id FROM ledger.reversal r
        WHERE EXISTS (SELECT FROM (
                          SELECT account_id, -amount AS amount FROM ledger.entry WHERE journal_id = r.journal_id) AS o
                      FULL JOIN (
                          SELECT account_id, amount FROM ledger.entry WHERE journal_id = r.by_journal_id) AS n
                      USING (account_id, amount) WHERE o.account_id IS NULL OR n.account_id IS NULL)
           OR NOT EXISTS (SELECT FROM ledger.journal WHERE id = r.journal_id)
    """
    for journal_id, by in _rows(sql):
        yield f"journal {by}", f"is not the mirror image of journal {journal_id}"


def time_order() -> Iterator[tuple[str, str]]:
    """`posted_at` never goes back (a minute's grace for postings that waited for each other)."""
    sql = """
        SELECT id, posted_at, before FROM (
            SELECT id, posted_at, max(posted_at) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS before
            FROM ledger.journal) AS j
        WHERE posted_at < before - interval '1 minute'
    """
    for journal_id, posted_at, before in _rows(sql):
        yield f"journal {journal_id}", f"posted at {posted_at:%F %T}, an earlier one at {before:%F %T}"


def patterns() -> Iterator[tuple[str, str]]:
    """Every journal has the lines that `chart.py` gives its kind: none that may not, all that must occur."""
    lines = [(sign, kind) for kind in ACCOUNT_KINDS for sign in "-+"]
    sql = """
        SELECT j.kind, e.seen, e.known, min(j.id), count(*) FROM ledger.journal j JOIN (
            SELECT e.journal_id, bit_or(1::bigint << (a.bit + (e.amount > 0)::integer)) AS seen,
                   bool_and(a.bit IS NOT NULL) AS known
            FROM ledger.entry e LEFT JOIN (
                SELECT a.id, 2 * (k.number::integer - 1) AS bit FROM ledger.account a
                JOIN unnest(%s::text[]) WITH ORDINALITY AS k(kind, number) ON k.kind = a.kind OFFSET 0
            ) AS a ON a.id = e.account_id GROUP BY e.journal_id
        ) AS e ON e.journal_id = j.id GROUP BY j.kind, e.seen, e.known ORDER BY 4
    """
    for kind, seen, known, example, count in _rows(sql, [list(ACCOUNT_KINDS)]):
        what, of = f"journal {example}", f"(and {count - 1} more)" if count > 1 else ""
        if not known:
            yield what, f"{kind} has a line on an account that is not in the chart {of}"
        if kind not in JOURNAL_KINDS:
            yield what, f"journal kind {kind} is not in the chart {of}"
        elif JOURNAL_KINDS[kind].lines:
            found = {line for bit, line in enumerate(lines) if seen >> bit & 1}
            for sign, account in sorted(found - JOURNAL_KINDS[kind].allowed):
                yield what, f"{kind} has a line {sign}{account} {of}"
            for sign, account in sorted(JOURNAL_KINDS[kind].required - found):
                yield what, f"{kind} has no line {sign}{account} {of}"


def snapshots() -> Iterator[tuple[str, str]]:
    """The balances written at the end of the last closed month are what the entries say."""
    sql = """
        SELECT coalesce(s.account_id, e.account_id), s.month, s.balance, e.total
        FROM (SELECT * FROM ledger.balance_snapshot
              WHERE month = (SELECT max(month) FROM ledger.balance_snapshot)) AS s
        FULL JOIN (SELECT account_id, ledger.total(amount) AS total, count(*) AS lines FROM ledger.entry
                   WHERE posted_at < ((SELECT max(month) + interval '1 month' FROM ledger.balance_snapshot)
                                      AT TIME ZONE 'UTC') GROUP BY account_id) AS e USING (account_id)
        WHERE s.balance IS DISTINCT FROM e.total OR s.entries IS DISTINCT FROM e.lines
    """
    for account_id, month, balance, total in _rows(sql):
        yield f"account {account_id}", f"month {month}: closed with {balance} yen, entries sum to {total} yen"


for _check in (journals, balances, no_overdraft, closed_accounts, reversals, time_order, snapshots, patterns):
    register(_check.__name__, _check)
register("walls", walls.walls)

OWN = tuple(_CHECKS)
"""The ledger's own checks, which hold for any ledger, whatever stands above it."""
