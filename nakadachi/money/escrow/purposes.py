"""Whose hold it is: what comes in for a hold, and what the card company says of it, goes to the owner of its purpose.

The packages above enter themselves here (`config/wiring.py`), under the `purpose` with which they open holds. A payment
for a hold finds its way through `captured` and `HoldDisputes`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.money import Yen
from nakadachi.money.escrow import actions, freezing
from nakadachi.money.escrow.models import Hold
from nakadachi.money.payments import Given, OnCaptured, OnDisputed
from nakadachi.money.payments.models import Dispute, Payment

on_captured: dict[str, OnCaptured] = {}
"""Puts captured money into the hold and goes on with the work. Without an entry the hold is funded, and that is all."""

on_disputed: dict[str, OnDisputed] = {}
"""What the owner does about a chargeback. Without an entry the hold freezes and gives what is in it."""


class OnClaimed(Protocol):
    """What the owner of a hold does when its sides let the operator mediate. The hold's own rows are locked first."""

    def lock(self, *, hold_id: int) -> Hold:
        """Lock all that the other steps touch, in the order of the house; the hold as it is then."""

    def contract_id_of(self, *, hold: Hold) -> int:
        """The contract it belongs to."""

    def by_rule_yen(self, *, hold: Hold) -> Yen:
        """How much (gross) of the rest the operator's silence gives the worker: what was handed in, and no more. The
        client gets the other part back. Reads only, so that a page may ask."""

    def claimed(self, *, hold: Hold, claim_id: int, by: Actor, at: datetime) -> None:
        """The money stays where it is, the clocks of the work stand still."""

    def dropped(self, *, hold: Hold, claim_id: int, since: datetime, by: Actor, at: datetime) -> None:
        """The claim was taken back: go on, with the time that was lost given back."""

    def decided(self, *, hold: Hold, claim_id: int, worker_amount_yen: Yen, by: Actor, at: datetime) -> None:
        """Divide what is left: so much (gross) to the worker, the rest back to the client."""


on_claimed: dict[str, OnClaimed] = {}
"""Who answers claims. Money without an entry cannot be claimed."""


def captured(*, payment: Payment, by: Actor, at: datetime) -> None:
    """For `payments.on_captured["hold"]`."""
    act = on_captured.get(_purpose(payment), actions.fund_from_payment)
    act(payment=payment, by=by, at=at)


@dataclass(frozen=True)
class PlainDisputes:
    """A hold with nothing around it; see `payments.OnDisputed`."""

    def lock(self, *, payment: Payment) -> None:
        """The hold alone."""
        locked(Hold, id=payment.purpose_id)

    def opened(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """The money stays where it is."""
        freezing.freeze(hold=_hold(payment), payment=payment, by=SYSTEM, at=at)

    def won(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """It may move again."""
        freezing.unfreeze(hold=_hold(payment), payment=payment, by=SYSTEM, at=at)

    def lost(self, *, payment: Payment, dispute: Dispute, left_yen: Yen, at: datetime) -> Given | None:
        """It gives its money; when more stands in it than is asked for, it thaws."""
        hold = _hold(payment)
        given = actions.charge_back(hold=hold, payment=payment, left_yen=left_yen, by=SYSTEM, at=at)
        if given is None:
            freezing.unfreeze(hold=hold, payment=payment, by=SYSTEM, at=at)
        return given


@dataclass(frozen=True)
class HoldDisputes:
    """For `payments.on_disputed["hold"]`: asks the owner of the hold."""

    def lock(self, *, payment: Payment) -> None:
        """As the owner does."""
        _owner(payment).lock(payment=payment)

    def opened(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """As the owner does."""
        _owner(payment).opened(payment=payment, dispute=dispute, at=at)

    def won(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """As the owner does."""
        _owner(payment).won(payment=payment, dispute=dispute, at=at)

    def lost(self, *, payment: Payment, dispute: Dispute, left_yen: Yen, at: datetime) -> Given | None:
        """As the owner does."""
        return _owner(payment).lost(payment=payment, dispute=dispute, left_yen=left_yen, at=at)


def _owner(payment: Payment) -> OnDisputed:
    return on_disputed.get(_purpose(payment), PlainDisputes())


def _purpose(payment: Payment) -> str:
    return Hold.objects.values_list("purpose", flat=True).get(pk=payment.purpose_id)


def _hold(payment: Payment) -> Hold:
    return Hold.objects.get(pk=payment.purpose_id)
