"""Erasing what was kept, when the term of its ground ends."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from nakadachi.closing.erasing import statements, vault
from nakadachi.closing.erasing.by_hand import files
from nakadachi.closing.erasing.engine import values_of
from nakadachi.closing.models import Kept
from nakadachi.closing.register import Step, Table, load
from nakadachi.infra import erased
from nakadachi.kernel.calendar import jst_date

_WORDS = "SELECT closing_purge_words(%(member)s, %(today)s, %(table)s, %(ground)s, %(mark)s)"
_VERSIONS = "SELECT closing_erase_versions(%(member)s, true)"
Values = dict[str, Any]


def purge(kept: Kept, at: datetime) -> int:
    """Empty the columns that this ground kept; returns how many rows changed."""
    table = load().table(kept.table)
    if table.stays:
        return 0
    values = values_of(kept.closing, at) | {
        "today": jst_date(at), "table": kept.table, "ground": kept.ground, "mark": erased.NAME,
    }  # fmt: skip
    by_hand = BY_TABLE.get(kept.table)
    if by_hand is not None:
        return by_hand(kept, table, values)
    return statements.run(statements.of_kept(table, table.keep[kept.ground]), values)


def _by_door(sql: str) -> Callable[[Kept, Table, Values], int]:
    def ask(kept: Kept, table: Table, values: Values) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.fetchone()[0])

    return ask


def _papers(kept: Kept, table: Table, values: Values) -> int:
    return vault.purge(kept.closing, values)


def _files(kept: Kept, table: Table, values: Values) -> int:
    whole = Step(table.name, table.name, table.group, table.rows, (), True, {}, {}, "files")
    return files(kept.closing, whole, values)


BY_TABLE: dict[str, Callable[[Kept, Table, Values], int]] = {
    "closing_paper": _papers,
    "files_storedfile": _files,
    "jobs_jobversion": _by_door(_VERSIONS),
    "sourcing_proposalversion": _by_door(_VERSIONS),
    "contracts_terms": _by_door(_WORDS),
    "mediation_statement": _by_door(_WORDS),
    "mediation_ruling": _by_door(_WORDS),
}
