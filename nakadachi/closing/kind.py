"""A kind of obstacle as data: which rows are in the way, and what is said about each. `reading` reads all at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, Expression, F, Func, QuerySet, Value
from django.db.models.functions import Concat

from nakadachi.closing.obstacle import Text, Who
from nakadachi.infra.prepared import Param
from nakadachi.people.models import Member

Whose = Member | Param
"""A member, or the place where one will stand (`infra.prepared`)."""
Column = str | Expression
Rows = Callable[[Whose], "QuerySet[Any]"]


class LastMinute(Func):
    """23:59 in Japan of a day (`contracts.timers.last_minute`), reckoned by the database."""

    template = "(((%(expressions)s)::date + time '23:59') AT TIME ZONE 'Asia/Tokyo')"
    output_field = DateTimeField()


@dataclass(frozen=True)
class Do:
    """A button that does `name` to the thing of column `thing`, and tells the yen of a column beside it."""

    name: str
    thing: str = "pk"
    yen: str = ""


@dataclass(frozen=True)
class Go:
    """A button that leads to a page, with these columns as its arguments."""

    name: str
    page: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """`title`, `amount`, `moves` and `day` are columns of `rows`: what it is called, its yen, the yen that a remedy
    moves, and when it is over by itself. `heading` is the title where a row has none of its own."""

    name: str
    code: str
    who: Who
    rows: Rows
    sentence: Text
    page: str
    arguments: tuple[str, ...] = ("pk",)
    title: Column = ""
    heading: Text = ""
    amount: Column = ""
    moves: Column = ""
    day: Column = ""
    buttons: tuple[Do | Go, ...] = ()
    if_silent: Text = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The key and everything that page and buttons are called with."""
        needed = [name for one in self.buttons for name in ((one.thing,) if isinstance(one, Do) else one.arguments)]
        return tuple(dict.fromkeys(["pk", *self.arguments, *needed]))

    def ids_of(self, name: str, member: Member) -> "QuerySet[Any]":
        """The things that the button of that name is for; empty when the kind has no such button."""
        found = [button.thing for button in self.buttons if isinstance(button, Do) and button.name == name]
        rows = self.rows(member)
        return rows.values_list(found[0], flat=True) if found else rows.none().values_list("pk", flat=True)


def piece_title() -> Expression:
    """`contract / milestone`."""
    return Concat(F("contract__title"), Value(" / "), F("title"))
