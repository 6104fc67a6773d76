"""What the way of working adds to the contract's page: a card, by format. A project has none."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.models import Contract
from nakadachi.web.pages.monthly import card as monthly


class Card(Protocol):
    """Whatever it holds, `template` draws it as `card`."""

    @property
    def template(self) -> str:
        """Its place."""


CARDS: dict[str, Callable[[Contract, Actor, datetime], Card]] = {"monthly": monthly.card_of}


def card_of(contract: Contract, actor: Actor, now: datetime) -> Card | None:
    """The card of the contract's format."""
    make = CARDS.get(contract.format)
    return make(contract, actor, now) if make else None
