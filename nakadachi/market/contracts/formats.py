"""What a way of working adds to a contract: the seam between contracts and the formats above them.

A project is made of its milestones and needs nothing more. Work by the hour and by the month lives in packages above
this one; each is registered under its format in `config/wiring.py`, so that nothing here imports them. A format offers
by `actions.open_offer` and keeps its figures in rows of its own; the verbs here call it, inside their own transactions
and with the contract locked.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Q

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.turn import Turn, turn_of
from nakadachi.money.escrow.models import Hold

NOTHING = Q(pk__in=())


class Format(Protocol):
    """One way of working. Each method is asked for contracts of its own format only."""

    @property
    def can_reoffer(self) -> bool:
        """True when a finished contract can be offered again as it was (`reoffered`)."""

    @property
    def waits_for_signs(self) -> bool:
        """True when silence is ended by asking for a sign of life; False where every step has a date of its own."""

    def reoffered(self, made: Contract, before: Contract, *, at: datetime) -> None:
        """The same is offered again: the rows of one's own, with days that lie ahead. Its milestones are there."""

    def terms_of(self, contract: Contract) -> dict[str, Any]:
        """What the written terms say besides the milestones: `unit`, `words` (a list of sentences), and figures.

        `instead`, where what is said of milestones is not true of it: sentences for `place`, `payment` and `rights`,
        and for `inspection` a list that stands before the rules of milestones.
        """

    def confirm_refusal(self, contract: Contract, at: datetime) -> Refusal | None:
        """What speaks against the worker's agreement now, as a first day that has passed."""

    def agreed(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """The worker has agreed: make what comes first. The terms are written down after it."""

    def goes_on(self, contract: Contract) -> bool:
        """True while more is to come although no milestone is pending: then the contract stays in progress."""

    def held(self, contract: Contract) -> Sequence[Hold]:
        """Money set aside for it besides that of its milestones. While there is some, nobody ends alone."""

    def end_refusal(self, contract: Contract, actor: Actor) -> Refusal | None:
        """What speaks against ending it alone although nothing is set aside, as a notice that is due first."""

    def settle(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """The contract ends early: close what is one's own by its published rule. Milestones are settled already."""

    def rate_refusal(self, contract: Contract, from_on: date) -> Refusal | None:
        """What speaks against another price of a unit from that day on, as what is set aside for later already."""

    def repriced(self, contract: Contract, from_on: date, *, at: datetime) -> None:
        """Another price of a unit is agreed from that day on (`prices`): what is written down beyond it follows."""

    def turns(self, contracts: Sequence[Contract], at: datetime) -> dict[int, list[Turn]]:
        """By contract in progress whose milestones do not say it: who must do what until when, the most pressing first.
        Contracts for which nothing waits are left out. In one query for all."""

    def to_inspect(self) -> Q:
        """Of all contracts, those in which something besides a milestone waits for the client's inspection."""


class Milestones:
    """A project: its milestones are all there is."""

    can_reoffer = True
    waits_for_signs = True

    def reoffered(self, made: Contract, before: Contract, *, at: datetime) -> None:
        """The milestones are offered with it."""

    def terms_of(self, contract: Contract) -> dict[str, Any]:
        """Nothing besides the milestones."""
        return {}

    def confirm_refusal(self, contract: Contract, at: datetime) -> Refusal | None:
        """Only the days of the milestones count."""
        return None

    def agreed(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """The milestones were offered with it."""

    def goes_on(self, contract: Contract) -> bool:
        """It is over with its last milestone."""
        return False

    def held(self, contract: Contract) -> Sequence[Hold]:
        """Only the milestones hold money."""
        return ()

    def end_refusal(self, contract: Contract, actor: Actor) -> Refusal | None:
        """Either side may, at any time."""
        return None

    def settle(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """The ending settles the milestones itself."""

    def rate_refusal(self, contract: Contract, from_on: date) -> Refusal | None:
        """It has no unit."""
        return None

    def repriced(self, contract: Contract, from_on: date, *, at: datetime) -> None:
        """It has no unit."""

    def turns(self, contracts: Sequence[Contract], at: datetime) -> dict[int, list[Turn]]:
        """The milestones say it."""
        return {}

    def to_inspect(self) -> Q:
        """Only milestones are inspected."""
        return NOTHING


registry: dict[str, Format] = {}
"""By `Contract.format`; filled once in `config/wiring.py`."""

_PROJECT = Milestones()


def of(contract: Contract) -> Format:
    """The format of a contract."""
    return registry.get(contract.format, _PROJECT)


def turns_of(contracts: Sequence[Contract], *, viewer_id: int, at: datetime) -> dict[int, Turn]:
    """Whose turn it is with each of several contracts that come with their milestones, by contract. Where several
    things wait, it is what the viewer has to do."""
    turns = {contract.pk: turn_of(contract, list(contract.milestones.all()), at=at) for contract in contracts}
    silent = [one for one in contracts if one.status == Contract.Status.ACTIVE and not turns[one.pk].action]
    for name, format in registry.items():
        own = {contract.pk: contract for contract in silent if contract.format == name}
        waiting = format.turns(list(own.values()), at) if own else {}
        for contract_id, several in waiting.items():
            mine = (turn for turn in several if turn.is_for(own[contract_id], viewer_id))
            turns[contract_id] = next(mine, several[0])
    return turns
