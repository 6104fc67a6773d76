"""What a look finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Level = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Finding:
    """`about` in a word, `sentence` in plain words; for a fault or warning it ends with what to do."""

    level: Level
    about: str
    sentence: str


Look = Callable[[datetime], Iterator[Finding]]


def ok(about: str, sentence: str) -> Finding:
    """As it should be."""
    return Finding("ok", about, sentence)


def warning(about: str, sentence: str) -> Finding:
    """Works, but not for ever, or not for everybody."""
    return Finding("warning", about, sentence)


def fault(about: str, sentence: str) -> Finding:
    """Must be mended before people trust this installation with money."""
    return Finding("fault", about, sentence)


def judged(holds: bool, about: str, well: str, badly: str) -> Finding:
    """`well` when it holds, a fault with `badly` otherwise."""
    return ok(about, well) if holds else fault(about, badly)
