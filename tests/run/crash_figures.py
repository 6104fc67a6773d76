"""What many kills came to, place by place: the table of docs/operations/faults.md."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

_HEAD = "place or part | rounds | told done | lost | doubled | torn | serves again (median / longest) | resumed"


@dataclass
class Row:
    """All rounds at one place in which the same thing was killed."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    torn: int = 0
    back: list[float] = field(default_factory=list)
    resumed: list[float] = field(default_factory=list)

    def __add__(self, other: "Row") -> "Row":
        return Row(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def __str__(self) -> str:
        counts = (self.rounds, self.acknowledged, self.lost, self.doubled, self.torn)
        return " | ".join((*map(str, counts), _seconds(self.back), _seconds(self.resumed)))


@dataclass
class Figures:
    """Rows by place and by what was killed, and every fault in words."""

    rows: defaultdict[tuple[str, str], Row] = field(default_factory=lambda: defaultdict(Row))
    faults: list[str] = field(default_factory=list)
    marked_duplicates: int = 0

    def judge(self, key: tuple[str, str], parts: Iterable[int], *, acknowledged: bool, in_steps: bool) -> None:
        """What was acknowledged is there; what was not is there whole or not at all."""
        least, most = min(parts := list(parts)), max(parts)
        row = self.rows[key]
        found = {
            "lost": acknowledged and least == 0,
            "doubled": most > 1,
            "torn": not acknowledged and not in_steps and least != most,
        }
        for name, is_so in found.items():
            if is_so:
                setattr(row, name, getattr(row, name) + 1)
                self.faults.append(f"{key[1]} killed at {key[0]}: {name} {parts}")

    def sum_of(self, number: int, value: str) -> Row:
        """All rows at one place (0) or of one thing killed (1)."""
        return sum((row for key, row in self.rows.items() if key[number] == value), Row())

    def __str__(self) -> str:
        tables = [_HEAD]
        for number in (0, 1):
            values = dict.fromkeys(key[number] for key in self.rows)
            tables += [f"{value} | {self.sum_of(number, value)}" for value in values]
        tables += [f"{place}, {kind} | {row}" for (place, kind), row in sorted(self.rows.items())]
        total = sum(self.rows.values(), Row())
        tables += [f"all | {total}", f"{self.marked_duplicates} mails twice under one Message-ID"]
        return "\n".join(tables)


def _seconds(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} / {max(values):.1f} ({len(values)})" if values else "–"
