"""What the tasks of the demo ask (`content/tasks.toml`), and what people answer to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.demo.content import read
from nakadachi.demo.moments import dice
from nakadachi.demo.papers import photo
from nakadachi.kernel.money import Yen
from nakadachi.market.tasks.fields import CHOICES, FILE, Field

_OF_FIELD = frozenset(
    {"kind", "label", "help", "required", "unique", "options", "length_min", "length_max", "low", "high"}
)


@dataclass(frozen=True)
class Question:
    """One question, and where its answers come from: whole texts, parts to join, a range, an address."""

    field: Field
    say: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    range: tuple[int, int]
    address: str
    every: int

    def answer(self, slug: str, number: int) -> Sequence[str]:
        """What the answer of that number says; what is not asked for is often left out."""
        chance = dice("answer", slug, self.field.label, number)
        if self.parts:
            return ["".join(self._joined(slug, number))]
        if not self.field.required and chance.random() < 0.4:
            return []
        if self.address:
            return [self.address.format(n=number)]
        if self.field.kind == CHOICES:
            return chance.sample(self.field.options, chance.randint(1, 3))
        if self.field.options or self.say:
            return [chance.choice(self.field.options or self.say)]
        return [str(chance.randint(*self.range) * 10)]

    def _joined(self, slug: str, number: int) -> Iterator[str]:
        """Every combination once, in a mixed order."""
        total = prod(len(part) for part in self.parts)
        order = list(range(total))
        dice("order", slug, self.field.label).shuffle(order)
        place = order[number % total]
        for part in self.parts:
            place, index = divmod(place, len(part))
            yield part[index]


@dataclass(frozen=True)
class Decision:
    """What the client does on a day: approve, reject so many, or close; and what becomes `then` of a rejection."""

    days: int
    do: str
    count: int = 0
    then: str = ""


@dataclass(frozen=True)
class Assignment:
    """One task as its client writes it, and how far it has come. `opens_days`: none was never paid for."""

    slug: str
    client: str
    category: str
    title: str
    description: str
    price_yen: Yen
    slots: int
    repeats: int
    minutes: int
    closes_days: int
    opens_days: int | None
    state: str
    is_instant: bool
    verified_only: bool
    certified_only: bool
    rate_bps: int | None
    answers: int
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]

    def given(self, number: int) -> Mapping[str, Sequence[str]]:
        """The answer of that number, by the keys the questions get in their order."""
        return {
            f"q{place}": question.answer(self.slug, number)
            for place, question in enumerate(self.questions, start=1)
            if question.field.kind != FILE
        }

    def files(self, number: int) -> Mapping[str, Sequence[SimpleUploadedFile]]:
        """Its pictures: few take one."""
        return {
            f"q{place}": [photo(f"写真{number}.png")]
            for place, question in enumerate(self.questions, start=1)
            if question.field.kind == FILE and number % question.every == 0
        }


@lru_cache(maxsize=1)
def assignments() -> tuple[Assignment, ...]:
    """All of them."""
    return tuple(_assignment(row) for row in read("tasks.toml")["task"])


def _assignment(row: dict[str, Any]) -> Assignment:
    return Assignment(
        slug=row["slug"],
        client=row["client"],
        category=row["category"],
        title=row["title"],
        description=row["description"].strip(),
        price_yen=row["price_yen"],
        slots=row["slots"],
        repeats=row["repeats"],
        minutes=row["minutes"],
        closes_days=row["closes"],
        opens_days=row.get("opens"),
        state=row.get("state", ""),
        is_instant=row.get("instant", False),
        verified_only=row.get("verified", False),
        certified_only=row.get("certified", False),
        rate_bps=row.get("rate"),
        answers=row.get("answers", 0),
        questions=tuple(_question(question) for question in row["questions"]),
        decisions=tuple(
            Decision(one["d"], one["do"], one.get("count", 0), one.get("then", "")) for one in row.get("decisions", ())
        ),
    )


def _question(row: dict[str, Any]) -> Question:
    own = {name: value for name, value in row.items() if name in _OF_FIELD}
    low, high = row.get("range", (1, 50))
    return Question(
        field=Field(key="", **{**own, "options": tuple(own.get("options", ()))}),
        say=tuple(row.get("say", ())),
        parts=tuple(tuple(part) for part in row.get("parts", ())),
        range=(low, high),
        address=row.get("address", ""),
        every=row.get("every", 0),
    )
