"""Money coming in: attempts to charge a client, refunds, and what the provider settles to the bank.

Invariants: the provider is never called inside a transaction; one captured payment has exactly one effect; never more
is refunded than was captured; no worker bears a chargeback; what stands in `psp_clearing` is what the provider's own
list says.

`on_captured[purpose]` is called as `(payment=, by=, at=)` in the transaction that records a capture; the packages that
ask for payments are entered by `config/wiring.py`. `on_disputed[purpose]` is told in the same way of chargebacks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen

if TYPE_CHECKING:
    from nakadachi.money.payments.models import Dispute, Payment


class OnCaptured(Protocol):
    """Puts captured money where it belongs. Must be idempotent per payment."""

    def __call__(self, *, payment: "Payment", by: Actor, at: datetime) -> None:
        """Runs inside the recording transaction."""


on_captured: dict[str, OnCaptured] = {}


@dataclass(frozen=True, slots=True)
class Given:
    """What a purpose gives towards a lost dispute, from which account."""

    hold_id: int
    account_id: int
    amount_yen: Yen


class OnDisputed(Protocol):
    """What the owner of a payment does about a chargeback. Every step may come again and then changes nothing."""

    def lock(self, *, payment: "Payment") -> None:
        """Lock all that the other steps touch, in the order of the house, before the payment itself is locked."""

    def opened(self, *, payment: "Payment", dispute: "Dispute", at: datetime) -> None:
        """Keep the money where it is."""

    def won(self, *, payment: "Payment", dispute: "Dispute", at: datetime) -> None:
        """Go on as before."""

    def lost(self, *, payment: "Payment", dispute: "Dispute", left_yen: Yen, at: datetime) -> Given | None:
        """Give what nobody has worked for, at most `left_yen`; nothing when the work was delivered."""


on_disputed: dict[str, OnDisputed] = {}
