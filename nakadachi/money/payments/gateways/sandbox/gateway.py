"""The sandbox behind the port: as a remote provider it works in transactions of its own and answers by key."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum

from nakadachi.kernel.money import Yen
from nakadachi.money.payments.gateways.sandbox import cards, models, signing
from nakadachi.money.payments.gateways.sandbox.webhooks import announce
from nakadachi.money.payments.port import BadSignature, Charge, ChargeBack, GatewayRefused, HookEvent, Settled

_KINDS: dict[str, Literal["charge", "refund"]] = {
    "charge.captured": "charge",
    "charge.declined": "charge",
    "refund.settled": "refund",
}


class SandboxGateway:
    """See `port.Gateway`."""

    name = "sandbox"

    def charge(self, *, key: UUID, amount_yen: Yen, card_token: str, at: datetime) -> Charge:
        """Decided by the card number alone; the same key gets the first answer again."""
        try:
            with transaction.atomic(durable=True):
                code = cards.decline_code(card_token)
                made = models.Charge.objects.create(
                    key=key,
                    amount_yen=amount_yen,
                    outcome="declined" if code else "captured",
                    decline_code=code,
                    card_last4=cards.number(card_token)[-4:],
                    made_at=at,
                )
                announce(f"charge.{made.outcome}", key=key, amount_yen=amount_yen, at=at)
        except IntegrityError:
            made = models.Charge.objects.get(key=key)
            if made.amount_yen != amount_yen:
                raise GatewayRefused("key_reused") from None
        return _charge(made)

    def find_charge(self, key: UUID) -> Charge | None:
        """By key."""
        made = models.Charge.objects.filter(key=key).first()
        return _charge(made) if made else None

    def refund(self, *, key: UUID, charge_ref: str, amount_yen: Yen, at: datetime) -> ChargeBack:
        """Never more than the charge, counted under a lock."""
        with transaction.atomic(durable=True):
            charge = models.Charge.objects.select_for_update().filter(ref=charge_ref, outcome="captured").first()
            if charge is None:
                raise GatewayRefused("charge_unknown")
            known = models.Refund.objects.filter(key=key).first()
            if known is not None:
                if (known.charge_id, known.amount_yen) != (charge.pk, amount_yen):
                    raise GatewayRefused("key_reused")
                return _charge_back(known)
            if amount_yen <= 0 or charge.refunded_yen + amount_yen > charge.amount_yen:
                raise GatewayRefused("amount_too_large")
            charge.refunded_yen += amount_yen
            charge.save(update_fields=["refunded_yen"])
            made = models.Refund.objects.create(key=key, charge=charge, amount_yen=amount_yen, made_at=at)
            announce("refund.settled", key=key, amount_yen=amount_yen, at=at)
            return _charge_back(made)

    def find_refund(self, key: UUID) -> ChargeBack | None:
        """By key."""
        made = models.Refund.objects.filter(key=key).first()
        return _charge_back(made) if made else None

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> HookEvent:
        """Signature first; only then is the body read."""
        signing.check(headers, body, at)
        try:
            event = json.loads(body)
            kind = _KINDS.get(event["type"])
            key, amount_yen = (UUID(event["data"]["key"]), int(event["data"]["amount_yen"])) if kind else (None, None)
            event_id = str(event["id"])[:64].replace("\0", "")
            return HookEvent(id=event_id, kind=kind or "other", key=key, amount_yen=amount_yen)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
            raise BadSignature("not an event of ours") from problem

    def settlements(self, after_ref: str) -> Sequence[Settled]:
        """In the order they were made."""
        after_id = int(after_ref.removeprefix("st_")) if after_ref else 0
        rows = models.Settlement.objects.filter(pk__gt=after_id).order_by("pk")
        return [Settled(str(row), row.settled_on, row.gross_yen, row.fee_yen) for row in rows]

    def unsettled_yen(self) -> Yen:
        """Captured charges less refunds, as far as no settlement has taken them in."""
        charges = models.Charge.objects.filter(outcome="captured", settlement=None)
        refunds = models.Refund.objects.filter(settlement=None)
        charged_yen: Yen = charges.aggregate(sum=Sum("amount_yen"))["sum"] or 0
        refunded_yen: Yen = refunds.aggregate(sum=Sum("amount_yen"))["sum"] or 0
        return charged_yen - refunded_yen


def _charge(row: models.Charge) -> Charge:
    outcome = cast(Literal["captured", "declined"], row.outcome)
    return Charge(ref=row.ref, key=row.key, amount_yen=row.amount_yen, outcome=outcome, decline_code=row.decline_code)


def _charge_back(row: models.Refund) -> ChargeBack:
    return ChargeBack(ref=row.ref, key=row.key, amount_yen=row.amount_yen)
