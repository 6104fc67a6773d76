"""What pages hand to the components: small frozen values, so that a view says what and the component says how."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

StepState = Literal["done", "now", "todo"]


@dataclass(frozen=True)
class Step:
    """One station of the stepper. The `note` says who must act and until when."""

    label: str
    state: StepState
    note: str = ""


@dataclass(frozen=True)
class ToDo:
    """One row of 要対応: what it is, why, and the remedy beside it. `tone` is turn, warn or wait."""

    title: str
    text: str = ""
    href: str = ""
    label: str = ""
    tone: str = "turn"
    due: str = ""


@dataclass(frozen=True)
class Happening:
    """One line of a timeline: when (already written out), what, and optionally where to read more."""

    when: str
    title: str
    text: str = ""
    href: str = ""
    done: bool = True


@dataclass(frozen=True)
class Tile:
    """One figure of a summary row, with the words that explain it and the link that opens it."""

    label: str
    amount_yen: int
    text: str = ""
    href: str = ""
    strong: bool = False


@dataclass(frozen=True)
class FileLink:
    """One file in a list: its name, where to fetch it, how large it is, who put it there and when; with a preview, the
    page that shows it and its small picture; else a word on why there is none."""

    name: str
    href: str
    size_bytes: int
    by: str = ""
    at: datetime | None = None
    look_href: str = ""
    picture_href: str = ""
    note: str = ""


@dataclass(frozen=True)
class EntryLine:
    """One line of the entries table: every figure can be opened down to its journal."""

    on: date | datetime
    title: str
    amount_yen: int
    balance_yen: int | None = None
    href: str = ""
    text: str = ""


@dataclass(frozen=True)
class Link:
    """One link of a navigation. `key` is compared with the page's own to mark where one is."""

    label: str
    href: str
    key: str = ""
    icon: str = ""


@dataclass(frozen=True)
class JobCard:
    """What a list shows of one job; anything with the same names will do."""

    title: str
    href: str
    category: str
    budget: str
    chips: Sequence[str] = field(default_factory=tuple)
    excerpt: str = ""
    receives: str = ""
    deadline: str = ""
    proposals_count: int | None = 0
    client_facts: str = ""
    state: str = ""
