"""The only writer of the ledger. Every function here is one call of a database function, all or nothing.

Inside `transaction.atomic()` a posting is part of the caller's transaction: status and money in one commit. A refusal
(`LedgerRefused`) ends that transaction; nothing of it stays.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from nakadachi.money.ledger.chart import ACCOUNT_KINDS, JOURNAL_KINDS, SYSTEM
from nakadachi.money.ledger.refusals import LedgerRefused, typed

__all__ = [
    "SYSTEM",
    "Draft",
    "LedgerRefused",
    "Line",
    "account_for",
    "close_account",
    "open_account",
    "open_accounts",
    "post",
    "post_batch",
    "reverse",
]

LINES_MAX = 64
BATCH_MAX = 10_000
AMOUNT_YEN_MAX = 1_000_000_000_000
"""The limits of one journal, of one batch and of one line; the database enforces the same."""

_CALCS = """ARRAY(SELECT nullif(value, 'null')
                  FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS calc (value, place) ORDER BY place)"""
"""One text for all of them: as an array of texts every quotation mark in it would be escaped by hand, twice."""

_KNOWN_IDS_MAX = 50_000
_known_ids: dict[tuple[Any, ...], int] = {}


class Line(NamedTuple):
    """One entry to be: credit +, debit −."""

    account_id: int
    amount_yen: int


@dataclass(frozen=True)
class Draft:
    """A journal to be. Lines of 0 yen are left out; what remains must sum to zero, one line per account.

    `calc` keeps the inputs of the calculation, so that an auditor can repeat it.
    """

    kind: str
    lines: Sequence[Line]
    effective_at: date
    ref_type: str = ""
    ref_id: int | None = None
    calc: Mapping[str, Any] | None = field(default=None)


def post(draft: Draft, *, key: UUID) -> int:
    """Write one journal and answer with its id. The same key and lines again answer with the first journal's id.

    Raises `LedgerRefused`: unbalanced, overdraft, key_reused, unknown_account, closed_account, bad_lines, unknown_kind,
    busy.
    """
    _known(draft.kind)
    lines = [line for line in draft.lines if line.amount_yen]
    parameters = [
        key,
        draft.kind,
        draft.ref_type,
        draft.ref_id,
        [line.account_id for line in lines],
        [line.amount_yen for line in lines],
        draft.effective_at,
        _json(draft.calc),
    ]
    sql = "SELECT ledger.post(%s, %s, %s, %s::bigint, %s::bigint[], %s::bigint[], %s::date, %s::jsonb)"
    return int(_one(sql, parameters))


def post_batch(drafts: Sequence[tuple[Draft, UUID]]) -> list[int]:
    """Write many journals in one statement, all or none; ids in the order given. An account that many of them touch is
    locked and updated once, with the net of its lines: only that net must not overdraw it.

    Raises what `post` raises.
    """
    if not drafts:
        return []
    numbers: list[int] = []
    accounts: list[int] = []
    amounts: list[int] = []
    for number, (draft, _key) in enumerate(drafts, start=1):
        _known(draft.kind)
        for line in draft.lines:
            if line.amount_yen:
                numbers.append(number)
                accounts.append(line.account_id)
                amounts.append(line.amount_yen)
    parameters = [
        _array(key for _draft, key in drafts),
        _texts(draft.kind for draft, _key in drafts),
        _texts(draft.ref_type for draft, _key in drafts),
        _array(draft.ref_id for draft, _key in drafts),
        _array(draft.effective_at for draft, _key in drafts),
        json.dumps([draft.calc for draft, _key in drafts], cls=DjangoJSONEncoder, ensure_ascii=False),
        _array(numbers),
        _array(accounts),
        _array(amounts),
    ]
    before, after = ("uuid", "text", "text", "bigint", "date"), ("integer", "bigint", "bigint")
    places = ", ".join([*(f"%s::{name}[]" for name in before), _CALCS, *(f"%s::{name}[]" for name in after)])
    return [int(journal_id) for journal_id in _one(f"SELECT ledger.post_batch({places})", parameters)]


def reverse(journal_id: int, *, key: UUID, effective_at: date, kind: str = "reversal") -> int:
    """Correct a journal by its mirror image, once. `kind` names a reversal with a meaning of its own (payout.cancel).

    Raises `LedgerRefused`: unknown_journal (also for a reversal itself), already_reversed, and what `post` raises.
    """
    _known(kind)
    return int(_one("SELECT ledger.reverse(%s, %s::bigint, %s, %s::date)", [key, journal_id, kind, effective_at]))


def open_account(kind: str, owner_type: str = "", owner_id: int | None = None) -> int:
    """The id of the owner's account of this kind, opened if need be. System accounts are always open.

    An id never changes, so a process asks once: ids are remembered when the transaction that saw them is committed.
    """
    if kind in SYSTEM and owner_id is None:
        return SYSTEM[kind]
    if kind not in ACCOUNT_KINDS or kind in SYSTEM:
        raise LedgerRefused("unknown_account", f"no account kind {kind} with an owner")
    place = (connection.settings_dict["NAME"], kind, owner_type, owner_id)
    if place not in _known_ids:
        found = int(_one("SELECT ledger.open_account(%s, %s, %s::bigint)", [kind, owner_type, owner_id]))
        transaction.on_commit(lambda: _remember(place, found))
        return found
    return _known_ids[place]


def open_accounts(kind: str, owner_type: str, owner_ids: Iterable[int]) -> dict[int, int]:
    """The same for many owners, by owner; those that this process does not know yet in one statement."""
    database = connection.settings_dict["NAME"]
    places = {owner_id: (database, kind, owner_type, owner_id) for owner_id in owner_ids}
    found = {owner_id: _known_ids[place] for owner_id, place in places.items() if place in _known_ids}
    unknown = sorted(places.keys() - found.keys())
    if kind not in ACCOUNT_KINDS or kind in SYSTEM:
        raise LedgerRefused("unknown_account", f"no account kind {kind} with an owner")
    if unknown:
        sql = (
            "SELECT array_agg(ledger.open_account(%s, %s, owner.id) ORDER BY owner.id)"
            " FROM (SELECT id FROM unnest(%s::bigint[]) AS id ORDER BY id) AS owner"
        )
        for owner_id, account_id in zip(unknown, _one(sql, [kind, owner_type, unknown]), strict=True):
            found[owner_id] = account_id
            transaction.on_commit(partial(_remember, places[owner_id], account_id))
    return found


def _remember(place: tuple[Any, ...], account_id: int) -> None:
    if len(_known_ids) >= _KNOWN_IDS_MAX:
        _known_ids.clear()
    _known_ids[place] = account_id


def account_for(kind: str, owner_type: str = "", owner_id: int | None = None) -> int:
    """The id of an account that is there; `LedgerRefused` unknown_account if it was never opened."""
    if kind in SYSTEM and owner_id is None:
        return SYSTEM[kind]
    sql = "SELECT max(id) FROM ledger.account WHERE kind = %s AND owner_type = %s AND owner_id = %s::bigint"
    found = _one(sql, [kind, owner_type, owner_id])
    if found is None:
        raise LedgerRefused("unknown_account", f"{kind}:{owner_id}")
    return int(found)


def close_account(account_id: int) -> None:
    """Close an empty account for good. Raises `LedgerRefused`: not_empty, unknown_account."""
    _one("SELECT ledger.close_account(%s::bigint)", [account_id])


def _known(kind: str) -> None:
    if kind not in JOURNAL_KINDS:
        raise LedgerRefused("unknown_kind", kind)


def _array(values: Iterable[int | UUID | date | None]) -> str:
    """PostgreSQL's text of an array of what never needs a quotation mark: the driver looks at every element for one,
    which took a fifth of a batch's time."""
    return "{" + ",".join(map(str, values)).replace("None", "NULL") + "}"


def _texts(values: Iterable[str]) -> str:
    """The same of words."""
    return "{" + ",".join(map(_quoted, values)) + "}"


@lru_cache(maxsize=1_000)
def _quoted(text: str) -> str:
    """Kept: thousands of drafts have one kind."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _json(calc: Mapping[str, Any] | None) -> str | None:
    return None if calc is None else json.dumps(calc, cls=DjangoJSONEncoder, ensure_ascii=False)


def _one(sql: str, parameters: Sequence[Any]) -> Any:
    with typed(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    assert row is not None
    return row[0]
