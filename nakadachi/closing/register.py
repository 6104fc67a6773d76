"""The register of personal data, read from `register.toml`: what is erased, what is kept, on which ground, how long."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from nakadachi.infra import erased
from nakadachi.kernel.calendar import end_of_month

PATH = Path(__file__).with_name("register.toml")
_RESERVED = {"sets", "grounds"}
_MARKS = {"name": erased.NAME, "text": erased.TEXT}


@dataclass(frozen=True)
class Ground:
    """Why something is kept, and how long: `years` or `days` counted from the end of `after`.

    `erased`: the day of the erasure. `fiscal_year`: the operator's business year in which the account closed.
    `filing`: the day by which the tax of that year is declared, two months after it (法人税法第74条).
    """

    name: str
    law: str
    after: str
    years: int = 0
    days: int = 0

    def until_on(self, closed_on: date, erased_on: date, fiscal_year_ends_in: int) -> date:
        """The last day on which it is kept. A term that ends on 29 February ends on the 28th in other years."""
        if self.after == "erased":
            return years_later(erased_on, self.years) + timedelta(days=self.days)
        year = closed_on.year + (closed_on.month > fiscal_year_ends_in)
        ends = end_of_month(date(year, fiscal_year_ends_in, 1))
        if self.after == "filing":
            ends = end_of_month(end_of_month(ends + timedelta(days=1)) + timedelta(days=1))
            return end_of_month(ends.replace(day=1, year=ends.year + self.years))
        return end_of_month(date(ends.year + self.years, ends.month, 1))


def years_later(day: date, years: int) -> date:
    """The same day of a later year (民法第143条第2項: the last day of the month where there is none)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@dataclass(frozen=True)
class Step:
    """One statement of the erasure: rows that go, or columns that are emptied. `by` names a function instead."""

    name: str
    table: str
    group: str
    rows: str
    erase: tuple[str, ...]
    delete: bool
    put: Mapping[str, str]
    blank: Mapping[str, str]
    by: str


@dataclass(frozen=True)
class Table:
    """What is declared about one table; `name` is `schema.table`, without `public`."""

    name: str
    group: str
    rows: str
    none: tuple[str, ...]
    keep: Mapping[str, tuple[str, ...]]
    blank: Mapping[str, str]
    stays: bool
    note: str
    steps: tuple[Step, ...]

    @property
    def declared(self) -> frozenset[str]:
        """Every column that is spoken of."""
        kept = {column for columns in self.keep.values() for column in columns}
        return frozenset(kept | set(self.none) | {column for step in self.steps for column in step.erase})

    @property
    def kept(self) -> frozenset[str]:
        """Columns in which personal data may stay after an erasure."""
        return frozenset(column for columns in self.keep.values() for column in columns)


@dataclass(frozen=True)
class Register:
    """All of it, in the order in which it is erased."""

    tables: tuple[Table, ...]
    grounds: Mapping[str, Ground]

    @property
    def steps(self) -> list[Step]:
        """In order."""
        return [step for table in self.tables for step in table.steps]

    def table(self, name: str) -> Table:
        """By its name; raises `KeyError`."""
        return {table.name: table for table in self.tables}[name]


@cache
def load() -> Register:
    """The register of this version of the program."""
    told = tomllib.loads(PATH.read_text(encoding="utf-8"))
    sets: dict[str, str] = dict(_MARKS)
    for name, query in told["sets"].items():
        sets[name] = Template(query).substitute(sets).strip()
    grounds = {name: Ground(name=name, **row) for name, row in told["grounds"].items()}
    tables = tuple(_table(name, row, sets) for name, row in told.items() if name not in _RESERVED)
    return Register(tables, grounds)


def _table(name: str, row: dict[str, Any], sets: Mapping[str, str]) -> Table:
    def sql(text: str) -> str:
        return Template(text).substitute(sets)

    blank = {column: sql(value) for column, value in row.get("blank", {}).items()}
    steps = tuple(
        Step(
            name=f"{name}.{number}",
            table=name,
            group=row["group"],
            rows=sql(step["rows"]),
            erase=tuple(step["erase"]),
            delete=step.get("delete", False),
            put={column: sql(value) for column, value in step.get("put", {}).items()},
            blank=blank,
            by=step.get("by", ""),
        )
        for number, step in enumerate(row.get("steps", ()), 1)
    )
    return Table(
        name=name,
        group=row["group"],
        rows=sql(row.get("rows", "")),
        none=tuple(row["none"]),
        keep={ground: tuple(columns) for ground, columns in row.get("keep", {}).items()},
        blank=blank,
        stays=row.get("stays", False),
        note=row.get("note", ""),
        steps=steps,
    )
