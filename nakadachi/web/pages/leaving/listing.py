"""What stands in the way of leaving as the page shows it: by kind, the member's turn first, then the nearest day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.closing.buttons import DEEDS
from nakadachi.closing.obstacle import Obstacle, Remedy, count_of
from nakadachi.closing.obstacles import over_by
from nakadachi.closing.remedies import Done
from nakadachi.closing.way import way_of
from nakadachi.closing.words import KINDS
from nakadachi.kernel.money import Yen
from nakadachi.web.ui.answers import sentence

OPEN_MAX = 3
"""A kind with no more rows than this lies open."""


@dataclass(frozen=True)
class Pressed:
    """A button: a form that posts to `href`, or a link."""

    remedy: Remedy
    label: str
    href: str


@dataclass(frozen=True)
class Row:
    """One obstacle as the page shows it."""

    obstacle: Obstacle
    href: str
    who: str
    buttons: list[Pressed]
    refusal: str = ""
    not_yet: str = ""

    @property
    def has_way(self) -> bool:
        """True when one of the buttons leads to its page already."""
        return any(button.href == self.href for button in self.buttons)


@dataclass(frozen=True)
class Kind:
    """Obstacles of one kind under one sentence. `title` says how many there are; alone, one speaks for itself."""

    title: str
    rows: list[Row]
    hidden_count: int
    amount_yen: Yen | None
    clears_by: datetime | None
    all_buttons: list[Pressed]

    @property
    def first(self) -> Row:
        """The one that names the others."""
        return self.rows[0]

    @property
    def is_open(self) -> bool:
        """Short enough to be read at once."""
        return len(self.rows) <= OPEN_MAX


def sight(obstacles: list[Obstacle], at: datetime, done: Done | None = None) -> dict[str, Any]:
    """What `leaving/list.html` and the way beside it show; `done` is what a button has just come to."""
    return {
        "lists": lists_of(obstacles, done),
        "count": count_of(obstacles),
        "mine_count": count_of(obstacle for obstacle in obstacles if obstacle.who == "you"),
        "over_by": over_by(obstacles),
        "way": way_of(obstacles, at),
        "refused": _without_row(obstacles, done),
        "seen_at": at.isoformat(),
        "seen": digest_of(obstacles),
    }


def digest_of(obstacles: list[Obstacle]) -> str:
    """The same for two lists in which nothing differs that the page shows."""
    shown = [
        (one.kind, one.arguments, one.count, one.amount_yen, one.clears_by, str(one.title), bool(one.not_yet))
        for one in obstacles
    ]
    return f"{crc32(repr(shown).encode()):08x}"


def lists_of(obstacles: list[Obstacle], done: Done | None = None) -> list[tuple[str, list[Kind]]]:
    """What the member can do, and what they wait for, each under its words; empty ones left out."""
    mine = _kinds((obstacle for obstacle in obstacles if obstacle.who == "you"), done)
    waiting = _kinds((obstacle for obstacle in obstacles if obstacle.who != "you"), done)
    lists = [(_("What you can do now"), mine), (_("What you wait for"), waiting)]
    return [(title, kinds) for title, kinds in lists if kinds]


def _kinds(obstacles: Iterable[Obstacle], done: Done | None) -> list[Kind]:
    """By code and kind; those that a day ends come first, the nearest day before the others."""
    found: dict[tuple[str, str], list[Obstacle]] = {}
    for obstacle in obstacles:
        found.setdefault((obstacle.code, obstacle.kind), []).append(obstacle)
    kinds = [_kind(code, group, done) for (code, _name), group in found.items()]
    dated = sorted((kind.clears_by, place) for place, kind in enumerate(kinds) if kind.clears_by)
    return [kinds[place] for _day, place in dated] + [kind for kind in kinds if not kind.clears_by]


def _kind(code: str, group: list[Obstacle], done: Done | None) -> Kind:
    amounts = [obstacle.amount_yen for obstacle in group if obstacle.amount_yen is not None]
    days = [obstacle.clears_by for obstacle in group if obstacle.clears_by is not None]
    shown = [obstacle for obstacle in group if not obstacle.is_rest]
    count = count_of(group)
    return Kind(
        title=KINDS[code] % {"count": count} if count > 1 else str(group[0].title),
        rows=[_row(obstacle, done) for obstacle in shown],
        hidden_count=count - len(shown),
        amount_yen=sum(amounts) if amounts else None,
        clears_by=min(days, default=None),
        all_buttons=_for_all(shown[0]) if count > 1 else [],
    )


def _for_all(obstacle: Obstacle) -> list[Pressed]:
    """What can be done to all of a kind at once."""
    deeds = [remedy for remedy in obstacle.remedies if remedy.is_deed and DEEDS[remedy.name].all_label]
    return [Pressed(remedy, str(DEEDS[remedy.name].all_label), _address(remedy)) for remedy in deeds[:1]]


def _address(remedy: Remedy) -> str:
    if remedy.is_deed:
        return reverse("leaving:remedy", args=[remedy.name])
    return reverse(remedy.page, args=remedy.arguments)


def _row(obstacle: Obstacle, done: Done | None) -> Row:
    who = {
        "you": "",
        "other": _("The other side's turn"),
        "operator": _("We are on it"),
        "provider": _("The payment company is on it"),
        "bank": _("The bank is on it"),
        "card": _("The card company decides"),
        "time": _("Clears by itself"),
    }
    buttons = [Pressed(remedy, str(remedy.label), _address(remedy)) for remedy in obstacle.remedies]
    href = reverse(obstacle.page, args=obstacle.arguments)
    return Row(obstacle, href, who[obstacle.who], buttons, _refusal(obstacle, done), _not_yet(obstacle))


def _without_row(obstacles: list[Obstacle], done: Done | None) -> list[str]:
    """Refusals of things that no row offers this button for any more, as when somebody else was faster: each once."""
    if done is None:
        return []
    here = {one.thing_id for obstacle in obstacles for one in obstacle.remedies if one.name == done.name}
    said = [sentence(refusal) for key, refusal in done.refusals.items() if key not in here]
    beside = {_not_yet(obstacle) for obstacle in obstacles}
    return [words for words in dict.fromkeys(said) if words not in beside]


def _not_yet(obstacle: Obstacle) -> str:
    """From when the other side may be asked to look."""
    return sentence(obstacle.not_yet) if obstacle.not_yet else ""


def _refusal(obstacle: Obstacle, done: Done | None) -> str:
    """Why the button that was just pressed did not do it."""
    if done is None:
        return ""
    pressed = [remedy.thing_id for remedy in obstacle.remedies if remedy.name == done.name and remedy.thing_id]
    refusals = [done.refusals[thing_id] for thing_id in pressed if thing_id in done.refusals]
    return sentence(refusals[0]) if refusals else ""
