"""The member's own accounts in the ledger: their balance, and the money they set aside as a client."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from nakadachi.closing.export.shapes import ANYTHING, DAY, MOMENT, NUMBER, TEXT, YEN, Me, or_none, plain, thing
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.hourly import queries as hourly
from nakadachi.market.tasks import queries as tasks
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger.history import HistoryRow, history

KINDS = ("member", "plan_deferred", "withholding_payable")
"""Kinds of accounts that a member owns; holds are found by who paid into them. A remainder belongs to a closing."""
AT_ONCE = 500

ENTRY = thing(
    account=TEXT,
    journal_id=NUMBER,
    effective_on=DAY,
    posted_at=MOMENT,
    kind=TEXT,
    ref_type=TEXT,
    ref_id=or_none(NUMBER),
    work=TEXT,
    amount_yen=YEN,
    balance_yen=YEN,
    calculation=or_none(ANYTHING),
)
ACCOUNT = thing(account=TEXT, entries=NUMBER, sum_yen=YEN, balance_yen=YEN)


def entries(me: Me) -> Iterator[dict[str, Any]]:
    """Account by account, by business date, with the balance after each. Credit is +."""
    me.accounts.clear()
    paid = list(Hold.objects.filter(payer=me.id).values_list("pk", flat=True))
    left = history(KINDS, me.id, paid)
    while some := list(islice(left, AT_ONCE)):
        works = _works([row.ref_id for row in some if row.ref_type == "hold" and row.ref_id is not None])
        for row in some:
            _add(me, row)
            if row.journal_id is not None:
                yield _entry(row, works)


def accounts(me: Me) -> Iterator[dict[str, Any]]:
    """How much stands on each, as the ledger says and as its entries add up. Read together with the entries."""
    yield from me.accounts.values()


def _add(me: Me, row: HistoryRow) -> None:
    new = {"account": row.account, "entries": 0, "sum_yen": 0, "balance_yen": row.account_yen}
    account = me.accounts.setdefault(row.account_id, new)
    if row.journal_id is not None:
        account["entries"] += 1
        account["sum_yen"] += row.amount_yen


def _entry(row: HistoryRow, works: dict[int, str]) -> dict[str, Any]:
    return {
        "account": row.account,
        "journal_id": row.journal_id,
        "effective_on": plain(row.effective_at),
        "posted_at": plain(row.posted_at),
        "kind": row.journal_kind,
        "ref_type": row.ref_type,
        "ref_id": row.ref_id,
        "work": works.get(row.ref_id or 0, "") if row.ref_type == "hold" else "",
        "amount_yen": row.amount_yen,
        "balance_yen": row.balance_yen,
        "calculation": _calculation(row.calc),
    }


def _calculation(calc: Any) -> dict[str, Any] | None:
    """What a journal was computed from, without the numbers of other people's payments."""
    read = json.loads(calc) if isinstance(calc, str) else calc
    return {name: value for name, value in read.items() if not name.endswith("_id")} if read else None


def _works(hold_ids: list[int]) -> dict[int, str]:
    """What each of several holds is for."""
    titles = {hold_id: " / ".join(found) for hold_id, found in contracts.titles_of_holds(hold_ids).items()}
    weeks = {
        hold_id: f"{week.engagement.contract.title} / {week.monday.isoformat()}"
        for hold_id, week in hourly.weeks_of_holds(hold_ids).items()
    }
    return {**titles, **weeks, **tasks.titles_of_holds(hold_ids)}
