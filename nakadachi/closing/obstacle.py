"""One thing that stands in the way of closing an account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise

from nakadachi.kernel.money import Yen

Who = Literal["you", "other", "operator", "provider", "card"]
Text = str | Promise


@dataclass(frozen=True)
class Obstacle:
    """`code` for programs, `sentence` for people, about `title`; `page` and `arguments` name the page that resolves it.

    `clears_by` is when it is over without anybody doing anything, where that is known.
    """

    code: str
    title: Text
    sentence: Text
    who: Who
    page: str
    arguments: tuple[Any, ...]
    remedy: Text
    amount_yen: Yen | None = None
    clears_by: datetime | None = None
