"""One thing that stands in the way of closing an account, and what can be done about it there and then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise

from nakadachi.kernel.money import Yen, format_yen
from nakadachi.kernel.refusal import Refusal

Who = Literal["you", "other", "operator", "provider", "bank", "card", "time"]
Text = str | Promise


@dataclass(frozen=True)
class Remedy:
    """A button. With a `page` it leads there; without, `remedies.apply` does it to the thing `thing_id`.

    `says` is what happens to the money (`%(yen)s` is `yen`), told beside the button.
    """

    name: str
    label: Text
    says: Text = ""
    yen: Yen | None = None
    thing_id: int | None = None
    page: str = ""
    arguments: tuple[Any, ...] = ()

    @property
    def is_deed(self) -> bool:
        """True when the button does it there and then."""
        return not self.page

    @property
    def money(self) -> str:
        """What happens to the money, in the reader's language; empty when nothing does."""
        words = str(self.says)
        if "%(yen)s" not in words:
            return words
        return words % {"yen": format_yen(self.yen)} if self.yen is not None else ""


@dataclass(frozen=True)
class Obstacle:
    """`code` for programs, `sentence` for people, about `title`; `page` and `arguments` name the page that shows it.

    `clears_by` is when it is over although everybody stays silent, where that is known, and `if_silent` what happens
    then. The first of the `remedies` is the one button; `kind` tells apart what shares a code. One obstacle may stand
    for `count` of its kind: the rest of a long list (`is_rest`). `not_yet` says from when the other side may be asked.
    """

    code: str
    title: Text
    sentence: Text
    who: Who
    page: str
    arguments: tuple[Any, ...]
    remedies: tuple[Remedy, ...] = ()
    amount_yen: Yen | None = None
    clears_by: datetime | None = None
    if_silent: Text = ""
    kind: str = ""
    count: int = 1
    is_rest: bool = False
    not_yet: Refusal | None = None


def count_of(obstacles: Iterable[Obstacle]) -> int:
    """How many things there are."""
    return sum(obstacle.count for obstacle in obstacles)
