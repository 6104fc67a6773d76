"""Webhooks: forged, old, repeated, altered, out of order. And the real POST that the sandbox makes."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import Client

from nakadachi.infra import clock
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.payments import actions
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.gateways.sandbox import signing, webhooks
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.gateways.sandbox.gateway import SandboxGateway
from nakadachi.money.payments.models import HookReceipt, Payment, Refund
from tests.money.conftest import AT, Deal, assert_clean, new_deal

URL = "/hooks/payments/sandbox/"


def processing(deal: Deal) -> Payment:
    """Charged at the provider, and our own record of it got lost."""
    payment = deal.start()
    Payment.objects.filter(pk=payment.pk).update(status="processing", processing_at=AT)
    SandboxGateway().charge(key=payment.key, amount_yen=payment.amount_yen, card_token=SUCCESS, at=AT)
    return payment


def body_of_last_event() -> bytes:
    return webhooks.body_of(sandbox.Event.objects.latest("pk"))


def post(body: bytes, signature: str | None = None) -> int:
    headers = {signing.HEADER: signing.sign(body, clock.now()) if signature is None else signature}
    return (
        Client(enforce_csrf_checks=True).post(URL, body, content_type="application/json", headers=headers).status_code
    )


def test_a_signed_event_finishes_a_payment_once_for_ever(deal: Deal) -> None:
    processing(deal)
    body = body_of_last_event()
    assert [post(body) for _ in range(3)] == [200, 200, 200]
    deal.hold.refresh_from_db()
    assert (deal.hold.status, HookReceipt.objects.count()) == ("funded", 1)
    assert deal.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert_clean()


def changed(body: bytes, **data: object) -> bytes:
    event = json.loads(body)
    event["data"] |= data
    return json.dumps(event).encode()


FORGERIES: dict[str, Callable[[bytes], tuple[bytes, str]]] = {
    "no signature": lambda body: (body, ""),
    "nonsense": lambda body: (body, "t=yesterday,v1=abc"),
    "full-width time": lambda body: (body, signing.sign(body, clock.now()).replace("1", "１")),
    "no time": lambda body: (body, signing.sign(body, clock.now()).partition(",")[2]),
    "other body": lambda body: (changed(body, amount_yen=1), signing.sign(body, clock.now())),
    "one byte more": lambda body: (body + b" ", signing.sign(body, clock.now())),
    "too old": lambda body: (body, signing.sign(body, clock.now() - timedelta(seconds=305))),
    "from the future": lambda body: (body, signing.sign(body, clock.now() + timedelta(seconds=305))),
    "time renewed": lambda body: (
        body,
        f"t={int(clock.now().timestamp())}," + signing.sign(body, clock.now() - timedelta(hours=1)).partition(",")[2],
    ),
    "signed, not JSON": lambda body: (b"{", signing.sign(b"{", clock.now())),
    "signed, not an object": lambda body: (b"[1]", signing.sign(b"[1]", clock.now())),
    "signed, too deep": lambda body: (b"[" * 30_000, signing.sign(b"[" * 30_000, clock.now())),
    "signed, endless amount": lambda body: (
        body.replace(b"10550", b"1e400"),
        signing.sign(body.replace(b"10550", b"1e400"), clock.now()),
    ),
    "signed, no key": lambda body: (changed(body, key="x"), signing.sign(changed(body, key="x"), clock.now())),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forged_events_change_nothing(deal: Deal, forgery: str) -> None:
    payment = processing(deal)
    body, signature = FORGERIES[forgery](body_of_last_event())
    assert post(body, signature) == 400
    payment.refresh_from_db()
    assert (payment.status, HookReceipt.objects.count(), deal.balances()) == ("processing", 0, {})


def test_an_event_id_the_database_cannot_hold_is_still_acted_on(deal: Deal) -> None:
    processing(deal)
    event = json.loads(body_of_last_event())
    assert post(json.dumps({**event, "id": "evt\0x"}).encode()) == 200
    assert HookReceipt.objects.get().event_id == "evtx"


def test_the_right_signature_of_another_key_is_refused(deal: Deal, settings: pytest.MonkeyPatch) -> None:
    processing(deal)
    body = body_of_last_event()
    settings.SECRET_KEY = "another secret"  # type: ignore[attr-defined]
    signature = signing.sign(body, clock.now())
    settings.SECRET_KEY = "and one more"  # type: ignore[attr-defined]
    assert post(body, signature) == 400


def test_an_amount_that_the_providers_record_does_not_have_is_refused(deal: Deal) -> None:
    payment = processing(deal)
    assert post(changed(body_of_last_event(), amount_yen=999_999)) == 409
    payment.refresh_from_db()
    assert payment.status == "processing"


def test_an_old_event_with_a_new_body_is_refused(deal: Deal) -> None:
    processing(deal)
    body = body_of_last_event()
    assert post(body) == 200
    assert post(changed(body, amount_yen=1)) == 409
    assert deal.balances() == {"psp_clearing": -10_550, "hold": 10_550}


def test_an_old_event_does_not_act_on_another_payment(deal: Deal) -> None:
    processing(deal)
    first = json.loads(body_of_last_event())
    assert post(json.dumps(first).encode()) == 200
    other = new_deal()
    payment = processing(other)
    second = json.loads(body_of_last_event()) | {"id": first["id"]}
    assert post(json.dumps(second).encode()) == 409
    payment.refresh_from_db()
    assert payment.status == "processing"


def test_a_captured_event_about_a_declined_charge_captures_nothing(deal: Deal) -> None:
    deal.pay("4000000000000002")
    event = json.loads(body_of_last_event()) | {"type": "charge.captured"}
    assert post(json.dumps(event).encode()) == 200
    assert deal.balances() == {}


def test_events_about_strangers_and_of_other_kinds(deal: Deal) -> None:
    payment = processing(deal)
    body = body_of_last_event()
    Payment.objects.filter(pk=payment.pk).delete()
    assert post(body) == 404
    other = json.dumps({"id": "evt_x", "type": "card.updated"}).encode()
    assert post(other) == 200
    assert HookReceipt.objects.count() == 0


def test_other_methods_providers_and_sizes(db: None) -> None:
    client = Client()
    assert client.get(URL).status_code == 405
    assert client.post("/hooks/payments/nobody/", b"{}", content_type="application/json").status_code == 404
    assert client.post(URL, b"x" * 70_000, content_type="application/json").status_code == 413


@pytest.mark.parametrize("order", [(0, 1, 0), (1, 0, 1), (1, 1, 0), (1, 0, 0)])
def test_any_order_and_repetition_ends_the_same(deal: Deal, order: tuple[int, ...]) -> None:
    deal.pay()
    escrow.refund(hold=deal.hold, by=deal.by_worker, at=AT)
    refund = Refund.objects.get()
    SandboxGateway().refund(key=refund.key, charge_ref=refund.payment.gateway_ref, amount_yen=refund.amount_yen, at=AT)
    bodies = [webhooks.body_of(event) for event in sandbox.Event.objects.order_by("pk")]
    assert len(bodies) == 2
    for number in order:
        assert post(bodies[number]) == 200
    actions.send_refund(refund_id=refund.pk, at=AT)
    assert deal.balances() == {}
    assert_clean()


class _Site(BaseHTTPRequestHandler):
    """Keeps what was posted and answers as told."""

    seen: list[tuple[str, dict[str, str], bytes]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, dict(self.headers), body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site(settings: pytest.MonkeyPatch) -> object:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SITE_URL = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    _Site.seen, _Site.status = [], 200
    yield _Site
    server.shutdown()
    server.server_close()


def test_the_sandbox_really_posts(deal: Deal, site: type[_Site]) -> None:
    processing(deal)
    event = sandbox.Event.objects.latest("pk")
    webhooks.deliver(event_id=event.pk, at=max(AT, event.made_at))
    path, headers, body = site.seen[0]
    assert path == URL
    SandboxGateway().verify(headers=headers, body=body, at=AT)
    assert post(body) == 200
    event.refresh_from_db()
    assert event.delivered_at is not None


def test_an_error_is_tried_again_a_no_is_not_and_old_news_is_not_sent(deal: Deal, site: type[_Site]) -> None:
    processing(deal)
    event = sandbox.Event.objects.latest("pk")
    site.status = 503
    with pytest.raises(OSError, match="503"):
        webhooks.deliver(event_id=event.pk, at=AT)
    site.status = 404
    webhooks.deliver(event_id=event.pk, at=AT)
    assert len(site.seen) == 2
    webhooks.deliver(event_id=event.pk, at=AT + timedelta(days=2))
    assert len(site.seen) == 2
    event.refresh_from_db()
    assert event.delivered_at is None
