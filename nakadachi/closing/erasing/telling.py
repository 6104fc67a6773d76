"""What an erasure has done, for the receipt, the operator and the documentation."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from nakadachi.closing.models import Closing, ErasedStep, Kept
from nakadachi.closing.register import load


@dataclass(frozen=True)
class Gone:
    """So many rows of one group were erased or emptied."""

    group: str
    rows: int


@dataclass(frozen=True)
class Stays:
    """So many rows of one group stay under a pseudonym, on this ground, until the end of that day."""

    group: str
    ground: str
    law: str
    rows: int
    until_on: date


@dataclass(frozen=True)
class Result:
    """Of one closing. `kept` leaves out what was purged since."""

    erased: tuple[Gone, ...]
    kept: tuple[Stays, ...]


def result(closing: Closing) -> Result:
    """As it was written down with the closing; nothing of it needs the member's row."""
    register = load()
    groups = {table.name: table.group for table in register.tables}
    erased: Counter[str] = Counter()
    for name, rows in ErasedStep.objects.filter(closing=closing).values_list("name", "rows"):
        erased[groups.get(name.rpartition(".")[0], "system")] += rows
    kept: Counter[tuple[str, str, date]] = Counter()
    for row in Kept.objects.filter(closing=closing, purged_at=None):
        kept[groups.get(row.table, "system"), row.ground, row.until_on] += row.rows
    return Result(
        tuple(Gone(group, rows) for group, rows in sorted(erased.items()) if rows),
        tuple(
            Stays(group, ground, register.grounds[ground].law, rows, until_on)
            for (group, ground, until_on), rows in sorted(kept.items())
        ),
    )
