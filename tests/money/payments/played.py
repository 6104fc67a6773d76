"""Playing a test card to its end: the provider's clock, its webhooks at our door, and our own reconciliation."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.test import Client

from nakadachi.infra import clock
from nakadachi.money.payments import actions
from nakadachi.money.payments.gateways.sandbox import cards, clockwork, signing, webhooks
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Payment
from tests.money.conftest import AT, Deal

URL = "/hooks/payments/sandbox/"
STEP = timedelta(minutes=6)


def number(name: str) -> str:
    """The number of the card of that name."""
    return cards.BY_NAME[name].number


def pay(deal: Deal, name: str) -> Payment:
    """Pay a hold with the card of that name; the first answer only."""
    return deal.pay(number(name))


def post(body: bytes, signature: str | None = None, content_type: str = "application/json") -> int:
    """A webhook at our door, signed now unless said otherwise."""
    headers = {signing.HEADER: signing.sign(body, clock.now()) if signature is None else signature}
    browser = Client(enforce_csrf_checks=True)
    return browser.post(URL, body, content_type=content_type, headers=headers).status_code


def deliver(event: sandbox.Event) -> list[int]:
    """Post one event as its fate wants it; the answers."""
    body = webhooks.body_of(event)
    if event.fate == "lost":
        return []
    signature = signing.forge(body, clock.now()) if event.fate == "forged" else None
    return [post(body, signature) for _ in range(2 if event.fate == "twice" else 1)]


def deliver_all() -> list[int]:
    """Everything the provider has told or pretends to have told so far, in its order; the answers."""
    events = sandbox.Event.objects.filter(delivered_at=None, send_at=None).order_by("pk")
    answers = [answer for event in list(events) for answer in deliver(event)]
    events.update(delivered_at=AT)
    return answers


def moments(start: datetime = AT, count: int = 3) -> Iterator[datetime]:
    """Far enough apart that everything a card does has happened in between."""
    for number_ in range(1, count + 1):
        yield start + number_ * STEP


def play(*, with_hooks: bool = True, with_reconcile: bool = True) -> list[int]:
    """Let time pass until nothing changes any more; the answers to webhooks."""
    answers: list[int] = []
    for at in moments():
        clockwork.run(at=at)
        if with_hooks:
            answers += deliver_all()
        if with_reconcile:
            actions.reconcile(at=at)
    return answers
