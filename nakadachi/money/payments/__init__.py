"""Money coming in: attempts to charge a client, refunds, and what the provider settles to the bank.

Invariants: the provider is never called inside a transaction; one captured payment has exactly one effect; never more
is refunded than was captured; what stands in `psp_clearing` is what the provider's own list says.

`on_captured[purpose]` is called as `(payment=, by=, at=)` in the transaction that records a capture; the packages that
ask for payments are entered by `config/wiring.py`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from nakadachi.kernel.actor import Actor

if TYPE_CHECKING:
    from nakadachi.money.payments.models import Payment


class OnCaptured(Protocol):
    """Puts captured money where it belongs. Must be idempotent per payment."""

    def __call__(self, *, payment: "Payment", by: Actor, at: datetime) -> None:
        """Runs inside the recording transaction."""


on_captured: dict[str, OnCaptured] = {}
