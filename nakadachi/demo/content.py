"""What the demo market consists of, read from `content/*.toml` into values. Nothing here knows the day of the load."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nakadachi.kernel.money import Yen

FOLDER = Path(__file__).parent / "content"
LEAVERS = "leavers.toml"


@dataclass(frozen=True)
class Person:
    """One member. `joined_days` before the load; `legal` is family, given, and the readings of both."""

    key: str
    name: str
    email: str
    joined_days: int
    legal: tuple[str, ...]
    introduction: str
    is_corporation: bool = False
    is_operator: bool = False
    skills: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    holder: str = ""
    payout_mode: str = "auto"
    hello: str = ""
    record: str = ""


@dataclass(frozen=True)
class Posting:
    """One job as its client writes it. Days count from the opening, and from the closing day to the delivery."""

    slug: str
    category: str
    client: str
    topic: str
    title: str
    description: str
    requirements: str
    budget_yen: tuple[Yen, Yen]
    closes_days: int
    deliver_days: int
    flags: frozenset[str]
    char_rate_sen: int | None
    hires_max: int
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Beat:
    """One thing that happens in a contract, so many days before the load. `n` is the milestone, from 1."""

    days: int
    do: str
    n: int = 1
    note: str = ""
    files: tuple[str, ...] = ()
    by: str = ""
    later: int = 0
    yen: Yen = 0
    scope: str = ""
    split: tuple[Yen, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """A client and a worker who come to an offer: what was agreed, and how it went."""

    job: str
    worker: str
    opened_days: int
    beats: tuple[Beat, ...]
    pieces: tuple[tuple[str, Yen], ...]
    scope: str = ""
    approach: str = ""
    samples: tuple[str, ...] = ()
    """Files beside the proposal."""

    @property
    def slug(self) -> str:
        """Its name in keys."""
        return f"{self.job}:{self.worker}"

    @property
    def price_yen(self) -> Yen:
        """What the worker proposed: the sum of the pieces."""
        return sum(amount_yen for _title, amount_yen in self.pieces)


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves so many days before the load, or has been given a `role` in the console instead."""

    person: Person
    reserves_days: int | None
    reason: str
    reason_text: str
    undoes_days: int | None
    role: str


@dataclass(frozen=True)
class Handover:
    """What a delivery of some category looks like: the note, and a small file with its text."""

    note: str
    file: str
    text: str


@dataclass(frozen=True)
class Phrases:
    """Sentences that people use again and again, by category; `generic` fits any."""

    approaches: dict[str, tuple[str, ...]]
    scopes: dict[str, str]
    pieces: dict[str, tuple[str, ...]]
    handovers: dict[str, tuple[Handover, ...]]
    revisions: tuple[str, ...]
    again: tuple[str, ...]


def read(name: str) -> dict[str, Any]:
    """One file of the content."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _rows(folder: str, table: str) -> Iterator[dict[str, Any]]:
    for path in sorted((FOLDER / folder).glob("*.toml")):
        yield from read(f"{folder}/{path.name}")[table]


@lru_cache(maxsize=1)
def people() -> tuple[Person, ...]:
    """Everybody: those who order (and the operator), those who make, those who write."""
    return tuple(_person(row) for row in _rows("people", "member"))


def _person(row: dict[str, Any]) -> Person:
    return Person(
        key=row["key"],
        name=row["name"],
        email=row["email"],
        joined_days=row["joined"],
        legal=tuple(row["legal"]),
        introduction=row["intro"].strip(),
        is_corporation=row.get("corporation", False),
        is_operator=row.get("operator", False),
        skills=tuple(row.get("skills", ())),
        bank=tuple(row.get("bank", ())),
        holder=row.get("holder", ""),
        payout_mode=row.get("mode", "auto"),
        hello=row.get("hello", "").strip(),
        record=row.get("record", "").strip(),
    )


@lru_cache(maxsize=1)
def leavers() -> tuple[Leaver, ...]:
    """Who leaves. They are not among `people`: nobody else's story counts on them."""
    return tuple(
        Leaver(
            person=_person(row),
            reserves_days=row.get("reserves"),
            reason=row.get("reason", ""),
            reason_text=row.get("reason_text", ""),
            undoes_days=row.get("undoes"),
            role=row.get("role", ""),
        )
        for row in read(LEAVERS)["member"]
    )


def jobs_of_leavers() -> dict[str, Posting]:
    """Jobs of their stories, by slug."""
    return {row["id"]: _posting(row, row["id"]) for row in read(LEAVERS)["posting"]}


def meetings_of_leavers() -> tuple[Meeting, ...]:
    """Stories that end with something in the way, or with somebody who is gone."""
    return tuple(_meeting(row) for row in read(LEAVERS)["meeting"])


@lru_cache(maxsize=1)
def postings() -> tuple[Posting, ...]:
    """Every job: each written one, followed by the ones its `more` rows make of it."""
    found: list[Posting] = []
    for path in sorted((FOLDER / "postings").glob("*.toml")):
        for number, row in enumerate(read(f"postings/{path.name}")["posting"], start=1):
            base = {"category": path.stem, **row}
            found += _family(base, row.get("id") or f"{path.stem}-{number}")
    return tuple(found)


def _family(base: dict[str, Any], slug: str) -> Iterator[Posting]:
    yield _posting(base, slug)
    for number, changes in enumerate(base.get("more", ()), start=1):
        words = {**base.get("words", {}), **changes.get("words", {})}
        yield _posting({**base, **changes, "words": words}, f"{slug}.{number}")


def _posting(row: dict[str, Any], slug: str) -> Posting:
    words = row.get("words", {})

    def filled(text: str) -> str:
        for word, value in words.items():
            text = text.replace(f"{{{word}}}", value)
        return text.strip()

    rate = row.get("char_rate")
    low_yen, high_yen = row["budget"]
    return Posting(
        slug=slug,
        category=row["category"],
        client=row["client"],
        topic=filled(row["topic"]),
        title=filled(row["title"]),
        description=filled(row["description"]),
        requirements=filled(row.get("requirements", "")),
        budget_yen=(low_yen, high_yen),
        closes_days=row["closes"],
        deliver_days=row["deliver"],
        flags=frozenset(row.get("flags", ())),
        char_rate_sen=round(rate * 100) if rate else None,
        hires_max=row.get("hires", 1),
        files=tuple((file["name"], file["text"].strip()) for file in row.get("files", ())),
    )


@lru_cache(maxsize=1)
def meetings() -> tuple[Meeting, ...]:
    """The written stories of contracts, a file per kind of outcome."""
    return tuple(_meeting(row) for row in _rows("meetings", "meeting"))


def _meeting(row: dict[str, Any]) -> Meeting:
    return Meeting(
        job=row["job"],
        worker=row["worker"],
        opened_days=row["opened"],
        beats=tuple(_beat(beat) for beat in row["beats"]),
        pieces=tuple((title, amount_yen) for title, amount_yen in row["pieces"]),
        scope=row.get("scope", "").strip(),
        approach=row.get("approach", "").strip(),
        samples=tuple(row.get("samples", ())),
    )


def _beat(row: dict[str, Any]) -> Beat:
    return Beat(
        days=row["d"],
        do=row["do"],
        n=row.get("n", 1),
        note=row.get("note", "").strip(),
        files=tuple(row.get("files", ())),
        by=row.get("by", ""),
        later=row.get("later", 0),
        yen=row.get("yen", 0),
        scope=row.get("scope", "").strip(),
        split=tuple(row.get("split", ())),
    )


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Approaches of proposals, scopes, titles of pieces, deliveries, requests for changes."""
    approaches, work = read("approaches.toml"), read("work.toml")
    return Phrases(
        approaches={name: tuple(texts) for name, texts in approaches.items()},
        scopes=work["scopes"],
        pieces={name: tuple(titles) for name, titles in work["pieces"].items()},
        handovers={
            name: tuple(Handover(row["note"].strip(), row["file"], row["text"].strip()) for row in rows)
            for name, rows in work["handovers"].items()
        },
        revisions=tuple(work["revisions"]),
        again=tuple(work["again"]),
    )
