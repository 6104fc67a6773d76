"""Telling the merchant: an event row and a job that really posts it, signed, to the site's own address."""

import json
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from nakadachi.infra.queue import defer
from nakadachi.kernel.money import Yen
from nakadachi.money.payments.gateways.sandbox import models, signing

DELIVER = "sandbox.deliver_event"
_NEWS_FOR = timedelta(days=1)
"""What a demo market did long ago is no news: nothing is sent about it."""


def announce(kind: str, *, key: UUID, amount_yen: Yen, at: datetime) -> None:
    """Write the event and have it delivered, in the transaction of what happened."""
    event = models.Event.objects.create(kind=kind, key=key, amount_yen=amount_yen, made_at=at)
    defer(DELIVER, event_id=event.pk)


def body_of(event: models.Event) -> bytes:
    """The JSON that is signed and sent."""
    data = {"key": str(event.key), "amount_yen": event.amount_yen}
    return json.dumps({"id": event.ref, "type": event.kind, "data": data}).encode()


def deliver(*, event_id: int, at: datetime) -> None:
    """One POST. An answer of 4xx ends it; no answer or 5xx raises, so that the queue tries again."""
    event = models.Event.objects.get(pk=event_id)
    if at - event.made_at > _NEWS_FOR:
        return
    body = body_of(event)
    request = urllib.request.Request(  # noqa: S310  SITE_URL is the operator's own setting
        f"{settings.SITE_URL}/hooks/payments/sandbox/",
        data=body,
        headers={"Content-Type": "application/json", signing.HEADER: signing.sign(body, at)},
    )
    try:
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310
            pass
    except urllib.error.HTTPError as answer:
        if answer.code >= 500:
            raise
        return
    models.Event.objects.filter(pk=event_id).update(delivered_at=at)
