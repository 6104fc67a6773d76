"""Tables for spreadsheets: open as they are, and do nothing there by themselves."""

import csv
from collections.abc import Iterable

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; line breaks become spaces."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) else plain


class _Echo:
    def write(self, line: str) -> str:
        return line


def line_of(cells: Iterable[object]) -> str:
    """One line; text is made safe, figures stay figures."""
    safe = [safe_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return str(csv.writer(_Echo(), lineterminator="\r\n").writerow(safe))
