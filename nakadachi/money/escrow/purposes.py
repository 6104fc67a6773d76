"""Whose hold it is: what comes in for a hold, and what the card company says of it, goes to the owner of its purpose.

The packages above enter themselves here (`config/wiring.py`), under the `purpose` with which they open holds. A payment
for a hold finds its way through `captured` and `HoldDisputes`.
"""

from dataclasses import dataclass
from datetime import datetime

from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.money import Yen
from nakadachi.money.escrow import actions
from nakadachi.money.escrow.models import Hold
from nakadachi.money.payments import Given, OnCaptured, OnDisputed
from nakadachi.money.payments.models import Dispute, Payment

on_captured: dict[str, OnCaptured] = {}
"""Puts captured money into the hold and goes on with the work. Without an entry the hold is funded, and that is all."""

on_disputed: dict[str, OnDisputed] = {}
"""What the owner does about a chargeback. Without an entry the hold freezes and gives what is in it."""


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
        actions.freeze(hold=_hold(payment), payment=payment, by=SYSTEM, at=at)

    def won(self, *, payment: Payment, dispute: Dispute, at: datetime) -> None:
        """It may move again."""
        actions.unfreeze(hold=_hold(payment), payment=payment, by=SYSTEM, at=at)

    def lost(self, *, payment: Payment, dispute: Dispute, left_yen: Yen, at: datetime) -> Given | None:
        """It gives its money; when more stands in it than is asked for, it thaws."""
        hold = _hold(payment)
        given = actions.charge_back(hold=hold, payment=payment, left_yen=left_yen, by=SYSTEM, at=at)
        if given is None:
            actions.unfreeze(hold=hold, payment=payment, by=SYSTEM, at=at)
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
