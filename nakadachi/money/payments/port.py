"""What every card provider must be able to do. Adapters live in `gateways/<name>/`.

All calls are made outside transactions, may take long, may fail without telling whether they had an effect
(`GatewayUnavailable`), and carry a key: the same key never has a second effect and gets the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from nakadachi.kernel.money import Yen


class GatewayUnavailable(Exception):
    """No answer: the effect may or may not have happened. Ask again with the same key."""


class GatewayRefused(Exception):
    """The provider says no to a request that should not have been made (e.g. a refund above the charge)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadSignature(Exception):
    """A webhook that the provider did not send, or not just now."""


ChargeOutcome = Literal["captured", "declined", "requires_action", "awaiting", "expired", "voided"]
"""`requires_action`: the card's owner must confirm. `awaiting`: promised, comes later. `voided`: nothing was taken, and
nothing ever will be under this key."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What the provider says about one charge. `action_url` is where the card's owner confirms it."""

    ref: str
    key: UUID
    amount_yen: Yen
    outcome: ChargeOutcome
    decline_code: str = ""
    action_url: str = ""


@dataclass(frozen=True, slots=True)
class ChargeBack:
    """What the provider says about one refund of a charge. `pending`: taken on, the money has not moved yet."""

    ref: str
    key: UUID
    amount_yen: Yen
    outcome: Literal["settled", "pending", "refused"] = "settled"
    refuse_code: str = ""


@dataclass(frozen=True, slots=True)
class Disputed:
    """What the provider says about a chargeback: sum and fee are taken when it opens, a win brings the sum back."""

    ref: str
    charge_key: UUID
    amount_yen: Yen
    fee_yen: Yen
    outcome: Literal["open", "won", "lost"]
    reason: str
    opened_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class HookEvent:
    """A verified webhook: which object it is about (`key`; for a dispute the charge's, and `ref` names the dispute).
    Its figures are never trusted, the object is fetched."""

    id: str
    kind: Literal["charge", "refund", "dispute", "other"]
    key: UUID | None
    amount_yen: Yen | None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """One transfer of the provider to the bank, by its own report: gross − fee = net. All may be negative."""

    ref: str
    settled_on: date
    gross_yen: Yen
    fee_yen: Yen


class Gateway(Protocol):
    """A card provider."""

    name: str

    def charge(self, *, key: UUID, amount_yen: Yen, card_token: str, at: datetime, return_url: str = "") -> Charge:
        """Take the amount from the card, or be declined, or learn what has to happen first. `return_url` is where the
        card's owner comes back to."""

    def find_charge(self, key: UUID) -> Charge | None:
        """The charge made under a key; None when there is none."""

    def void(self, *, key: UUID, amount_yen: Yen, at: datetime) -> Charge:
        """From now on nothing is taken under this key, however late a request comes. What was taken before stays:
        that charge is the answer."""

    def refund(self, *, key: UUID, charge_ref: str, amount_yen: Yen, at: datetime) -> ChargeBack:
        """Give (a part of) a charge back. `GatewayRefused` when that is not possible."""

    def find_refund(self, key: UUID) -> ChargeBack | None:
        """The refund made under a key; None when there is none."""

    def find_dispute(self, ref: str) -> Disputed | None:
        """A dispute by the provider's name; None when there is none."""

    def disputes(self, since: datetime) -> Sequence[Disputed]:
        """Those that were opened or decided since then."""

    def send_evidence(self, *, ref: str, text: str, at: datetime) -> None:
        """What speaks for us in an open dispute. `GatewayRefused` when it is over."""

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> HookEvent:
        """Check the signature over the raw body and its time; `BadSignature`."""

    def settlements(self, after_ref: str) -> Sequence[Settled]:
        """Transfers to the bank, oldest first, that came after the named one (all for an empty name)."""

    def unsettled_yen(self) -> Yen:
        """What the provider holds for us now: charges less refunds and disputes that no settlement has paid out."""
