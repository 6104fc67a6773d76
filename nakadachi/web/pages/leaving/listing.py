"""What stands in the way of leaving as the page shows it: by kind, the member's turn first, then the nearest day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.words import KINDS
from nakadachi.kernel.money import Yen

SHOWN_MAX = 100
OPEN_MAX = 3
"""A kind with no more rows than this lies open."""


@dataclass(frozen=True)
class Row:
    """One obstacle as the page shows it."""

    obstacle: Obstacle
    href: str
    who: str


@dataclass(frozen=True)
class Kind:
    """Obstacles of one kind under one sentence. `title` says how many there are; alone, one speaks for itself."""

    title: str
    rows: list[Row]
    hidden_count: int
    amount_yen: Yen | None
    clears_by: datetime | None

    @property
    def first(self) -> Row:
        """The one that names the others."""
        return self.rows[0]

    @property
    def is_open(self) -> bool:
        """Short enough to be read at once."""
        return len(self.rows) <= OPEN_MAX


def lists_of(obstacles: list[Obstacle]) -> list[tuple[str, list[Kind]]]:
    """What the member can do, and what they wait for, each under its words; empty ones left out."""
    mine = _kinds(obstacle for obstacle in obstacles if obstacle.who == "you")
    waiting = _kinds(obstacle for obstacle in obstacles if obstacle.who != "you")
    lists = [(_("What you can do now"), mine), (_("What you wait for"), waiting)]
    return [(title, kinds) for title, kinds in lists if kinds]


def _kinds(obstacles: Iterable[Obstacle]) -> list[Kind]:
    """By code and sentence; those that a day ends come first, the nearest day before the others."""
    found: dict[tuple[str, str], list[Obstacle]] = {}
    for obstacle in obstacles:
        found.setdefault((obstacle.code, str(obstacle.sentence)), []).append(obstacle)
    kinds = [_kind(code, group) for (code, _sentence), group in found.items()]
    dated = sorted((kind.clears_by, place) for place, kind in enumerate(kinds) if kind.clears_by)
    return [kinds[place] for _day, place in dated] + [kind for kind in kinds if not kind.clears_by]


def _kind(code: str, group: list[Obstacle]) -> Kind:
    amounts = [obstacle.amount_yen for obstacle in group if obstacle.amount_yen is not None]
    days = [obstacle.clears_by for obstacle in group if obstacle.clears_by is not None]
    count = len(group)
    return Kind(
        title=KINDS[code] % {"count": count} if count > 1 else str(group[0].title),
        rows=[_row(obstacle) for obstacle in group[:SHOWN_MAX]],
        hidden_count=max(count - SHOWN_MAX, 0),
        amount_yen=sum(amounts) if amounts else None,
        clears_by=min(days, default=None),
    )


def _row(obstacle: Obstacle) -> Row:
    who = {
        "you": "",
        "other": _("The other side's turn"),
        "operator": _("We are on it"),
        "provider": _("The payment company is on it"),
        "card": _("The card company decides"),
    }
    return Row(obstacle, reverse(obstacle.page, args=obstacle.arguments), who[obstacle.who])
