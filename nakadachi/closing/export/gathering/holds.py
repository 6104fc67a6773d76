"""Money that is or was set aside, beside the work it is for."""

from collections.abc import Iterable
from typing import Any

from nakadachi.closing.export.shapes import ABOVE, Me, Shape
from nakadachi.money.escrow.models import Hold

HOLD = Shape(
    Hold,
    (
        "id", "unit_yen", "quote", "amount_yen", "client_pays_yen", "funded_yen", "released_yen", "settled_yen",
        "refunded_yen", "charged_back_yen", "lowered_yen", "rolled_yen", "rolled_into", "is_disputed", "is_claimed",
        "status", "opened_at", "funded_at", "closed_at",
    ),
    without={
        "purpose": ABOVE,
        "purpose_id": ABOVE,
        "payer": ABOVE,
        "payee": ABOVE,
        "account_id": "in ledger.json, for whom it is an own account",
        "funded_by": "the client's payment, in payments.json of the client",
    },
)  # fmt: skip


def holds_of(hold_ids: Iterable[int | None], me: Me) -> dict[int, dict[str, Any]]:
    """What is told of several, by number. Who may know of them is decided by what they are for."""
    wanted = [one for one in hold_ids if one is not None]
    return {hold.pk: HOLD.row(hold, me) for hold in Hold.objects.filter(pk__in=wanted)} if wanted else {}
