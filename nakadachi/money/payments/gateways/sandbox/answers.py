"""The provider's rows in the words of the port."""

from typing import Any, Literal, cast
from uuid import UUID

from nakadachi.money.payments.gateways.sandbox import models
from nakadachi.money.payments.port import Charge, ChargeBack, ChargeOutcome, Disputed, HookEvent

_KINDS: dict[str, Literal["charge", "refund", "dispute"]] = {
    "charge": "charge",
    "refund": "refund",
    "dispute": "dispute",
}


def charge(row: models.Charge) -> Charge:
    """What became of a charge so far."""
    action_url = f"/_sandbox/3ds/{row.token}/" if row.outcome == "requires_action" else ""
    return Charge(
        ref=row.ref,
        key=row.key,
        amount_yen=row.amount_yen,
        outcome=cast(ChargeOutcome, row.outcome),
        decline_code=row.decline_code,
        action_url=action_url,
    )


def refund(row: models.Refund) -> ChargeBack:
    """What became of a refund so far."""
    outcome = cast(Literal["settled", "pending", "refused"], row.outcome)
    code = "card_closed" if outcome == "refused" else ""
    return ChargeBack(ref=row.ref, key=row.key, amount_yen=row.amount_yen, outcome=outcome, refuse_code=code)


def dispute(row: models.Dispute) -> Disputed:
    """What became of a dispute so far."""
    return Disputed(
        ref=row.ref,
        charge_key=row.charge.key,
        amount_yen=row.amount_yen,
        fee_yen=row.fee_yen,
        outcome=cast(Literal["open", "won", "lost"], row.outcome),
        reason=row.reason,
        opened_at=row.opened_at,
        answer_by=row.answer_by,
    )


def event(read: dict[str, Any]) -> HookEvent:
    """A body that was signed by us, as the port wants it."""
    kind = _KINDS.get(str(read["type"]).partition(".")[0])
    event_id = str(read["id"])[:64].replace("\0", "")
    if kind is None:
        return HookEvent(id=event_id, kind="other", key=None, amount_yen=None)
    data = read["data"]
    ref = str(data.get("ref", ""))[:64].replace("\0", "")
    return HookEvent(id=event_id, kind=kind, key=UUID(data["key"]), amount_yen=int(data["amount_yen"]), ref=ref)
