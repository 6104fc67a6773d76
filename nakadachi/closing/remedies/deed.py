"""One remedy as data: what it is done to, whose it is to do, when it is done already, and the action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from nakadachi.kernel.actor import Actor
from nakadachi.people.models import Member


@dataclass(frozen=True)
class Press:
    """Who pressed and when; `seen_at` is when the list they pressed in was made."""

    by: Actor
    at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Deed:
    """`mine`: whose it is; of others there is no such thing. `waits`: what it is still to be done to.

    `act` does it to one. `act_all`, where there is one, does it to many ids of the member in few statements.
    """

    model: type[Model]
    mine: Callable[[Member], Q]
    waits: Q
    act: Callable[[Any, Press], object]
    act_all: Callable[[Member, Sequence[int], Press], object] | None = None

    def things(self, member: Member) -> "QuerySet[Any]":
        """All that the member could ever do it to, done already or not."""
        return self.model._default_manager.filter(self.mine(member))


def client(prefix: str = "") -> Callable[[Member], Q]:
    """The member is the client of it."""
    return lambda member: Q(**{f"{prefix}client": member})


def worker(prefix: str = "") -> Callable[[Member], Q]:
    """The member is the worker of it."""
    return lambda member: Q(**{f"{prefix}worker": member})


def side(prefix: str = "") -> Callable[[Member], Q]:
    """The member is either side of it."""
    return lambda member: client(prefix)(member) | worker(prefix)(member)
