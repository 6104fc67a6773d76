"""Sealed offers, compared: what the last ones of both sides agree on, if anything."""

from collections.abc import Sequence

from nakadachi.kernel.money import Yen
from nakadachi.trust.mediation.models import SealedOffer, Side


def midpoint(client_yen: Yen, worker_yen: Yen) -> Yen | None:
    """Half-way, rounded down, when the client would give at least what the worker would take; else nothing."""
    return (client_yen + worker_yen) // 2 if client_yen >= worker_yen else None


def latest(offers: Sequence[SealedOffer], side: Side) -> SealedOffer | None:
    """The last offer of a side."""
    return max((one for one in offers if one.side == side), key=lambda one: one.number, default=None)


def agreed_yen(offers: Sequence[SealedOffer]) -> Yen | None:
    """What the last offers of both sides agree on."""
    client, worker = latest(offers, Side.CLIENT), latest(offers, Side.WORKER)
    if client is None or worker is None:
        return None
    return midpoint(client.worker_amount_yen, worker.worker_amount_yen)
