"""Telling the merchant: an event row and a job that really posts it, signed, to the site's own address.

What goes wrong on the way is the card's: sent twice, out of order, never, with another body, or by somebody else.
"""

import json
import urllib.error
import urllib.request
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from nakadachi.infra.queue import defer
from nakadachi.money.payments.gateways.sandbox import cards, models, signing

DELIVER = "sandbox.deliver_event"
HELD_BACK = timedelta(seconds=40)
_NEWS_FOR = timedelta(days=1)
"""What a demo market did long ago is no news: nothing is sent about it."""


def tell_charge(charge: models.Charge, *, at: datetime) -> None:
    """Tell what has just become of a charge, in the transaction of that."""
    kind, manner = f"charge.{charge.outcome}", cards.BY_NAME.get(charge.card, cards.NO_CARD).hooks
    promised = charge.outcome == "awaiting"
    told = _tell(charge, kind, at, fate=_fate(charge), send_at=at + HELD_BACK if _is_held(manner, promised) else None)
    if manner == "forged" and promised:
        _tell(charge, "charge.captured", at, fate="forged")
    if manner == "altered" and charge.outcome == "captured":
        _tell(charge, kind, at, claims_id=told.ref, more_yen=1)


def tell_refund(refund: models.Refund, *, at: datetime) -> None:
    """Tell what has just become of a refund."""
    fate = _fate(refund.charge)
    _announce(
        models.Event(kind=f"refund.{refund.outcome}", key=refund.key, amount_yen=refund.amount_yen, fate=fate), at=at
    )


def tell_dispute(dispute: models.Dispute, *, at: datetime) -> None:
    """Tell that a dispute was opened, or how it was decided."""
    kind = "dispute.opened" if dispute.outcome == "open" else f"dispute.{dispute.outcome}"
    charge = dispute.charge
    event = models.Event(kind=kind, key=charge.key, amount_yen=dispute.amount_yen, about=dispute.ref)
    event.fate = _fate(charge)
    _announce(event, at=at)


def send_due(*, at: datetime) -> int:
    """Let go of what was held back; returns how many."""
    with transaction.atomic(durable=True):
        due = list(models.Event.objects.select_for_update(skip_locked=True).filter(send_at__lte=at))
        models.Event.objects.filter(pk__in=[event.pk for event in due]).update(send_at=None)
        for event in due:
            defer(DELIVER, event_id=event.pk)
    return len(due)


def body_of(event: models.Event) -> bytes:
    """The JSON that is signed and sent."""
    data = {"key": str(event.key), "amount_yen": event.amount_yen}
    if event.about:
        data["ref"] = event.about
    return json.dumps({"id": event.claims_id or event.ref, "type": event.kind, "data": data}).encode()


def deliver(*, event_id: int, at: datetime) -> None:
    """One POST, or two. An answer of 4xx ends it; no answer or 5xx raises, so that the queue tries again."""
    event = models.Event.objects.get(pk=event_id)
    if event.fate == "lost" or at - event.made_at > _NEWS_FOR:
        return
    accepted = [_post(event, at) for _ in range(2 if event.fate == "twice" else 1)]
    if all(accepted):
        models.Event.objects.filter(pk=event_id).update(delivered_at=at)


def _post(event: models.Event, at: datetime) -> bool:
    body = body_of(event)
    signature = signing.forge(body, at) if event.fate == "forged" else signing.sign(body, at)
    request = urllib.request.Request(  # noqa: S310  SITE_URL is the operator's own setting
        f"{settings.SITE_URL}/hooks/payments/sandbox/",
        data=body,
        headers={"Content-Type": "application/json", signing.HEADER: signature},
    )
    try:
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310
            return True
    except urllib.error.HTTPError as answer:
        if answer.code >= 500:
            raise
        return False


def _is_held(manner: str, promised: bool) -> bool:
    return manner == "reordered" and promised


def _fate(charge: models.Charge) -> str:
    manner = cards.BY_NAME.get(charge.card, cards.NO_CARD).hooks
    return manner if manner in {"twice", "lost"} else "once"


def _tell(
    charge: models.Charge,
    kind: str,
    at: datetime,
    *,
    fate: str = "once",
    send_at: datetime | None = None,
    claims_id: str = "",
    more_yen: int = 0,
) -> models.Event:
    amount_yen = charge.amount_yen + more_yen
    event = models.Event(kind=kind, key=charge.key, amount_yen=amount_yen, fate=fate, claims_id=claims_id)
    event.send_at = send_at
    return _announce(event, at=at)


def _announce(event: models.Event, *, at: datetime) -> models.Event:
    event.made_at = at
    event.save()
    if event.send_at is None and event.fate != "lost":
        defer(DELIVER, event_id=event.pk)
    return event
