"""Reading the ledger: balances, entries, journals, the trial balance. Who may see what is decided above."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.ledger.chart import ACCOUNT_KINDS, name_of
from nakadachi.money.ledger.models import Account


@dataclass(frozen=True)
class EntryRow:
    """One line on the history of an account. `journal_id` is the cursor for the next page."""

    journal_id: int
    posted_at: datetime
    effective_at: date
    kind: str
    ref_type: str
    ref_id: int | None
    amount_yen: int


@dataclass(frozen=True)
class JournalLine:
    """One line of a journal, with the name and class of its account."""

    account_id: int
    account: str
    account_class: str
    amount_yen: int


@dataclass(frozen=True)
class JournalView:
    """A journal with everything an auditor asks of it."""

    id: int
    posted_at: datetime
    effective_at: date
    kind: str
    ref_type: str
    ref_id: int | None
    calc: dict[str, Any] | None
    lines: tuple[JournalLine, ...]
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True)
class JournalHead:
    """A journal on a list of journals."""

    journal_id: int
    effective_at: date
    kind: str


@dataclass(frozen=True)
class TrialRow:
    """One account of the trial balance; `kind` is asset, liability, equity, revenue or expense."""

    account: str
    kind: str
    balance_yen: int


def balance_yen(account_id: int) -> int:
    """The balance now; exact for hot accounts too (folded + tail). 0 for an account that does not exist."""
    return balances_yen([account_id]).get(account_id, 0)


def balance_of_owner(kind: str, owner_type: str, owner_id: int) -> int:
    """The balance of whoever owns an account of that kind, in one query; 0 before it was opened."""
    sql = """
        SELECT balance FROM ledger.current_balance WHERE account_id = (
          SELECT max(id) FROM ledger.account WHERE kind = %s AND owner_type = %s AND owner_id = %s::bigint)
    """
    found = _rows(sql, [kind, owner_type, owner_id])
    return int(found[0][0]) if found else 0


def balances_yen(account_ids: Iterable[int]) -> dict[int, int]:
    """The balances of many accounts in one query."""
    return dict(
        _rows(
            "SELECT account_id, balance FROM ledger.current_balance WHERE account_id = ANY(%s::bigint[])",
            [list(account_ids)],
        )
    )


def total_yen(kind: str) -> int:
    """The balances of all accounts of a kind together."""
    sql = """
        SELECT coalesce(sum(b.balance), 0) FROM ledger.account a
        JOIN ledger.current_balance b ON b.account_id = a.id WHERE a.kind = %s
    """
    return int(_rows(sql, [kind])[0][0])


def account_named(name: str) -> Account:
    """The account called `member:12` or `psp_clearing`; `NotVisible` if there is none."""
    kind, _, owner = name.partition(":")
    if owner and not (owner.isascii() and owner.isdigit() and len(owner) < 19):
        raise NotVisible(name)
    found = Account.objects.filter(kind=kind, owner_id=int(owner) if owner else None).first()
    if found is None:
        raise NotVisible(name)
    return found


def entries_of(account_id: int, before: int | None = None, limit: int = 20) -> list[EntryRow]:
    """The newest entries of an account, newest first; `before` is the journal id the last page ended with."""
    sql = """
        SELECT j.id, j.posted_at, j.effective_at, j.kind, j.ref_type, j.ref_id, e.amount
        FROM (SELECT journal_id, posted_at, amount FROM ledger.entry
              WHERE account_id = %s AND journal_id < %s ORDER BY journal_id DESC LIMIT %s) AS e
        JOIN ledger.journal j ON j.id = e.journal_id AND j.posted_at = e.posted_at
        ORDER BY j.id DESC
    """
    newest = 2**63 - 1 if before is None else before
    return [EntryRow(*row) for row in _rows(sql, [account_id, newest, limit])]


def journal(journal_id: int) -> JournalView:
    """One journal with its lines in order; `NotVisible` if there is none."""
    head = _rows(
        """
        SELECT j.id, j.posted_at, j.effective_at, j.kind, j.ref_type, j.ref_id, j.calc::text,
               (SELECT journal_id FROM ledger.reversal WHERE by_journal_id = j.id),
               (SELECT by_journal_id FROM ledger.reversal WHERE journal_id = j.id)
        FROM ledger.journal j WHERE j.id = %s
        """,
        [journal_id],
    )
    if not head:
        raise NotVisible(journal_id)
    found, posted_at, effective_at, kind, ref_type, ref_id, calc, reverses, reversed_by = head[0]
    return JournalView(
        id=found,
        posted_at=posted_at,
        effective_at=effective_at,
        kind=kind,
        ref_type=ref_type,
        ref_id=ref_id,
        calc=None if calc is None else json.loads(calc),
        lines=lines_of([found])[found],
        reverses=reverses,
        reversed_by=reversed_by,
    )


def lines_of(journal_ids: Sequence[int]) -> dict[int, tuple[JournalLine, ...]]:
    """The lines of many journals in one query."""
    sql = """
        SELECT e.journal_id, a.id, a.kind, a.owner_id, e.amount
        FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id
        WHERE e.journal_id = ANY(%s::bigint[]) ORDER BY e.journal_id, e.line
    """
    found: dict[int, list[JournalLine]] = {journal_id: [] for journal_id in journal_ids}
    for journal_id, account_id, kind, owner_id, amount_yen in _rows(sql, [list(journal_ids)]):
        line = JournalLine(account_id, name_of(kind, owner_id), _class_of(kind), amount_yen)
        found[journal_id].append(line)
    return {journal_id: tuple(lines) for journal_id, lines in found.items()}


def journals_about(ref_type: str, ref_id: int) -> list[int]:
    """Ids of the journals that concern one thing (a hold, a payout), oldest first."""
    sql = "SELECT id FROM ledger.journal WHERE ref_type = %s AND ref_id = %s ORDER BY id"
    return [row[0] for row in _rows(sql, [ref_type, ref_id])]


def journals_of(ref_type: str, ref_ids: Iterable[int]) -> dict[int, list[JournalHead]]:
    """The journals that concern several things of one kind in one query, oldest first, by thing."""
    sql = """
        SELECT ref_id, id, effective_at, kind FROM ledger.journal
        WHERE ref_type = %s AND ref_id = ANY(%s::bigint[]) ORDER BY id
    """
    found: dict[int, list[JournalHead]] = {}
    for ref_id, *head in _rows(sql, [ref_type, list(ref_ids)]):
        found.setdefault(ref_id, []).append(JournalHead(*head))
    return found


def trial_balance() -> list[TrialRow]:
    """One row per account, hot ones with their tail, from one snapshot; the balances sum to zero."""
    sql = """
        SELECT a.kind, a.owner_id, b.balance FROM ledger.account a
        JOIN ledger.current_balance b ON b.account_id = a.id ORDER BY a.id
    """
    return [TrialRow(name_of(kind, owner_id), _class_of(kind), balance) for kind, owner_id, balance in _rows(sql)]


def _class_of(kind: str) -> str:
    return str(ACCOUNT_KINDS[kind].account_class) if kind in ACCOUNT_KINDS else "unknown"


def _rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
