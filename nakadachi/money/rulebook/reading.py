"""Strict reading of one TOML table: every key is asked for by name and kind, and what is left over is an error."""

import datetime
from collections.abc import Callable
from typing import TypeVar

from nakadachi.money.rulebook.model import BadRulebook

T = TypeVar("T")
_MISSING = object()


class Table:
    """A TOML table that knows where it stands in the file, so that an error can say so."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, dict):
            raise BadRulebook(f"{place}: a table is expected")
        self._left = dict(values)
        self.place = place

    def bad(self, key: str, expected: str) -> BadRulebook:
        """The error for one key."""
        return BadRulebook(f"{self.place}.{key}: {expected}")

    def _take(self, key: str, kind: type[T], word: str) -> T:
        value = self._left.pop(key, _MISSING)
        if value is _MISSING:
            raise self.bad(key, f"{word} is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.bad(key, f"{word} is expected, not {value!r}")
        return value

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._take(key, str, "a text")
        if not value.strip():
            raise self.bad(key, "a text is expected, not an empty one")
        return value

    def word(self, key: str, *allowed: str) -> str:
        """One of the words that are known here."""
        value = self.text(key)
        if value not in allowed:
            raise self.bad(key, f"one of {', '.join(allowed)} is expected, not {value!r}")
        return value

    def number(self, key: str, low: int, high: int) -> int:
        """A whole number within bounds."""
        value = self._take(key, int, "a whole number")
        if not low <= value <= high:
            raise self.bad(key, f"a number from {low} to {high} is expected, not {value}")
        return value

    def number_or_none(self, key: str, low: int, high: int) -> int | None:
        """The same, where the key may be left out."""
        return self.number(key, low, high) if key in self._left else None

    def day(self, key: str) -> datetime.date:
        """A date without a time."""
        value = self._take(key, datetime.date, "a date")
        if isinstance(value, datetime.datetime):
            raise self.bad(key, "a date without a time is expected")
        return value

    def day_or_none(self, key: str) -> datetime.date | None:
        """The same, where the key may be left out."""
        return self.day(key) if key in self._left else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(key, list, "a list")
        if not all(isinstance(value, str) for value in values):
            raise self.bad(key, "a list of texts is expected")
        return tuple(values)

    def table(self, key: str) -> "Table":
        """A table inside this one."""
        return Table(self._take(key, dict, "a table"), f"{self.place}.{key}")

    def tables(self, key: str, read: Callable[["Table"], T]) -> tuple[T, ...]:
        """A list of tables with at least one row, each read by `read`."""
        rows = self._take(key, list, "a list of tables")
        if not rows:
            raise self.bad(key, "at least one row is expected")
        return tuple(_whole(Table(row, f"{self.place}.{key}[{n}]"), read) for n, row in enumerate(rows, start=1))

    def named_tables(self, key: str, read: Callable[["Table"], T]) -> dict[str, T]:
        """Tables with names of their own, each read by `read`."""
        rows = self.table(key)
        names = list(rows._left)
        return {name: _whole(rows.table(name), read) for name in names}

    def finish(self) -> None:
        """Nothing may be left that nobody asked for."""
        if self._left:
            raise BadRulebook(f"{self.place}: unknown key {', '.join(sorted(self._left))}")


def _whole(table: Table, read: Callable[[Table], T]) -> T:
    value = read(table)
    table.finish()
    return value
