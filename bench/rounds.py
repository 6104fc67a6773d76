"""Interleaved rounds: anchor, subject, anchor, subject, …, anchor; each subject against the mean of its neighbours."""

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bench.server import Server


@dataclass(frozen=True)
class Result:
    """One line of output. `gate` is what the build demands (≥, or ≤ when `lower_is_better`). `kb`: of a page, what
    travels the first time, compressed, with its stylesheet and script, in thousand bytes."""

    name: str
    ratio: float
    unit: str
    against: str
    gate: float | None = None
    lower_is_better: bool = False
    kb: float | None = None

    @property
    def passed(self) -> bool:
        """Does it meet its gate?"""
        if self.gate is None:
            return True
        return self.ratio <= self.gate if self.lower_is_better else self.ratio >= self.gate

    def as_json(self) -> dict[str, object]:
        """What `--json` prints."""
        wanted = ("name", "ratio", "unit", "against", *(["kb"] if self.kb is not None else []))
        return {key: value for key, value in asdict(self).items() if key in wanted}

    def as_text(self) -> str:
        """What a person reads."""
        gate = ""
        if self.gate is not None:
            sign = "≤" if self.lower_is_better else "≥"
            gate = f"  {'ok' if self.passed else 'MISSED'} (gate {sign} {self.gate:g})"
        weight = f", {self.kb:g} kB" if self.kb is not None else ""
        return f"{self.name:12} {self.ratio:8.3f}  {self.unit} against {self.against}{weight}{gate}"


@dataclass(frozen=True)
class Plan:
    """How long and how often: the full run, or `--quick` for a first look."""

    rounds: int
    seconds: float
    scale: int


FULL = Plan(rounds=5, seconds=4, scale=50)
QUICK = Plan(rounds=3, seconds=3, scale=10)


def against_tpcb(server: Server, plan: Plan, *, clients: int, subject: Callable[[], float]) -> float:
    """Median over the rounds of subject (per second) / TPC-B (tps, same number of clients)."""
    before = server.tpcb(clients, plan.seconds)
    ratios = []
    for _ in range(plan.rounds):
        measured = subject()
        after = server.tpcb(clients, plan.seconds)
        ratios.append(measured / ((before + after) / 2))
        before = after
    return round(statistics.median(ratios), 3)
