"""The sandbox behind the port: as a remote provider it works in transactions of its own and answers by key."""

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from nakadachi.kernel.money import Yen
from nakadachi.money.payments.gateways.sandbox import answers, cards, clockwork, models, payouts, signing
from nakadachi.money.payments.gateways.sandbox.webhooks import tell_charge, tell_refund
from nakadachi.money.payments.port import (
    BadSignature,
    Charge,
    ChargeBack,
    Disputed,
    GatewayRefused,
    GatewayUnavailable,
    HookEvent,
    Settled,
)

SLOW_SECONDS = 3.0


class SandboxGateway:
    """See `port.Gateway`. What happens is decided by the card's number alone (`cards.CARDS`)."""

    name = "sandbox"

    def charge(self, *, key: UUID, amount_yen: Yen, card_token: str, at: datetime, return_url: str = "") -> Charge:
        """The same key gets the first answer again."""
        card = cards.played_by(card_token)
        if card.answer == "none" and not models.Charge.objects.filter(key=key).exists():
            raise GatewayUnavailable
        try:
            with transaction.atomic(durable=True):
                made = models.Charge.objects.create(
                    key=key,
                    amount_yen=amount_yen,
                    outcome=card.charge,
                    decline_code=card.decline_code if card.charge == "declined" else "",
                    card=card.name,
                    card_last4=cards.number(card_token)[-4:],
                    token=secrets.token_urlsafe(24) if card.charge == "requires_action" else "",
                    return_url=return_url[:300],
                    made_at=at,
                    captured_at=at if card.charge == "captured" else None,
                    changes_at=clockwork.first_change(card, at),
                )
                tell_charge(made, at=at)
        except IntegrityError:
            return answers.charge(_same(models.Charge.objects.get(key=key), amount_yen))
        if card.answer == "late":
            time.sleep(SLOW_SECONDS)
        if card.answer == "lost":
            raise GatewayUnavailable
        return answers.charge(made)

    def find_charge(self, key: UUID) -> Charge | None:
        """By key."""
        made = models.Charge.objects.filter(key=key).first()
        return answers.charge(made) if made else None

    def void(self, *, key: UUID, amount_yen: Yen, at: datetime) -> Charge:
        """A key without a charge is used up; a challenge nobody has answered ends."""
        with transaction.atomic(durable=True):
            new = {"amount_yen": amount_yen, "outcome": "voided", "made_at": at}
            made, is_new = models.Charge.objects.get_or_create(key=key, defaults=new)
            if not is_new:
                made = _same(models.Charge.objects.select_for_update().get(key=key), amount_yen)
            if made.outcome == "requires_action":
                clockwork.expire(made, at=at)
        return answers.charge(made)

    def refund(self, *, key: UUID, charge_ref: str, amount_yen: Yen, at: datetime) -> ChargeBack:
        """Never more than the charge, counted under a lock; not while its owner disputes it."""
        with transaction.atomic(durable=True):
            charge = models.Charge.objects.select_for_update().filter(ref=charge_ref, outcome="captured").first()
            if charge is None:
                raise GatewayRefused("charge_unknown")
            known = models.Refund.objects.filter(key=key).first()
            if known is not None:
                if (known.charge_id, known.amount_yen) != (charge.pk, amount_yen):
                    raise GatewayRefused("key_reused")
                return answers.refund(known)
            if models.Dispute.objects.filter(charge=charge).exclude(outcome="won").exists():
                raise GatewayRefused("charge_disputed")
            manner = cards.BY_NAME.get(charge.card, cards.NO_CARD).refund
            if manner == "refused":
                raise GatewayRefused("card_closed")
            if amount_yen <= 0 or charge.refunded_yen + amount_yen > charge.amount_yen:
                raise GatewayRefused("amount_too_large")
            charge.refunded_yen += amount_yen
            charge.save(update_fields=["refunded_yen"])
            made = models.Refund(key=key, charge=charge, amount_yen=amount_yen, made_at=at)
            made.outcome = "settled" if manner == "settled" else "pending"
            made.settled_at, made.changes_at = (
                (at, None) if manner == "settled" else (None, at + clockwork.REFUND_TAKES)
            )
            made.save()
            tell_refund(made, at=at)
            return answers.refund(made)

    def find_refund(self, key: UUID) -> ChargeBack | None:
        """By key."""
        made = models.Refund.objects.filter(key=key).first()
        return answers.refund(made) if made else None

    def find_dispute(self, ref: str) -> Disputed | None:
        """By the provider's name."""
        made = models.Dispute.objects.select_related("charge").filter(ref=ref).first()
        return answers.dispute(made) if made else None

    def disputes(self, since: datetime) -> Sequence[Disputed]:
        """In the order of what happened to them."""
        changed = models.Dispute.objects.select_related("charge").filter(changed_at__gte=since)
        return [answers.dispute(row) for row in changed.order_by("changed_at", "pk")]

    def send_evidence(self, *, ref: str, text: str, at: datetime) -> None:
        """Kept with the dispute, while it is open."""
        kept = models.Dispute.objects.filter(ref=ref, outcome="open").update(evidence=text)
        if not kept:
            raise GatewayRefused("dispute_closed")

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> HookEvent:
        """Signature first; only then is the body read."""
        signing.check(headers, body, at)
        try:
            return answers.event(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as problem:
            raise BadSignature("not an event of ours") from problem

    def settlements(self, after_ref: str) -> Sequence[Settled]:
        """In the order they were made."""
        after_id = int(after_ref.removeprefix("st_")) if after_ref else 0
        rows = models.Settlement.objects.filter(pk__gt=after_id).order_by("pk")
        return [Settled(str(row), row.settled_on, row.gross_yen, row.fee_yen) for row in rows]

    def unsettled_yen(self) -> Yen:
        """Captured charges less refunds and disputes, as far as no settlement has taken them in."""
        return payouts.unsettled_yen()


def _same(made: models.Charge, amount_yen: Yen) -> models.Charge:
    if made.amount_yen != amount_yen:
        raise GatewayRefused("key_reused")
    return made
