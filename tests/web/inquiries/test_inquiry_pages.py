"""「お問い合わせ」 through the pages: with and without an account, and the operator's side."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.money.payments.gateways.sandbox.cards import DECLINED
from nakadachi.money.payouts import actions as payouts
from nakadachi.people.access.waiting import clock_after
from nakadachi.trust.inquiries.background import send_answer, send_receipt
from nakadachi.trust.inquiries.models import Inquiry, Message
from tests import ask, cast, earners, walk
from tests.cast import by
from tests.earners import jst

pytestmark = pytest.mark.django_db

AT = jst(2026, 11, 20)
NEW = "/inquiries/new/"


def text(answer) -> str:
    return answer.content.decode()


def form(**words) -> dict[str, str]:
    return {"category": "money", "text": "出金が届きません。", "request_key": str(uuid4()), **words}


def test_a_member_asks_and_reads_the_answer(client):
    client.force_login(cast.hanako())
    address = client.post(NEW, form()).url
    assert "回答待ち" in text(client.get(address))
    assert "出金が届きません。" in text(client.get("/inquiries/"))
    inquiry = Inquiry.objects.get()
    send_receipt(inquiry.pk)
    assert f"受付番号{inquiry.pk}" in mail.outbox[-1].subject
    client.force_login(cast.offices()["support"])
    page = reverse("staff:inquiries:detail", args=[inquiry.pk])
    assert client.post(page, {"request_key": str(uuid4()), "text": "12月15日に届きます。"}).url == page
    send_answer(Message.objects.get(kind="answer").pk)
    assert mail.outbox[-1].to == ["hanako@example.jp"]
    client.force_login(cast.hanako())
    read = text(client.get(address))
    assert "12月15日に届きます。" in read
    assert "事務局" not in read
    assert client.post(address, {"request_key": str(uuid4()), "text": "届きました。"}).url == address
    assert client.post(reverse("inquiries:close", args=[inquiry.pk])).url == address
    assert "完了" in text(client.get(address))


def test_a_visitor_confirms_by_the_link(client):
    sent = client.post(NEW, form(name="訪問者", email="visitor@example.jp"))
    assert sent.url == "/inquiries/sent/"
    inquiry = Inquiry.objects.get()
    send_receipt(inquiry.pk)
    link = re.search(r"/inquiries/mail/[^/\s]+/", mail.outbox[-1].body)[0]
    assert "送信する" in text(client.get(link))
    inquiry.refresh_from_db()
    assert inquiry.status == "unconfirmed"
    assert client.post(link).url == link
    assert "出金が届きません。" in text(client.get(link))
    assert client.post(link, {"request_key": str(uuid4()), "text": "追加です。"}).url == link
    assert Message.objects.count() == 2


def test_machines_are_thanked_and_nothing_is_kept(client):
    answer = client.post(NEW, form(name="bot", email="bot@example.jp", website="https://spam.example"))
    assert answer.url == "/inquiries/sent/"
    assert not Inquiry.objects.exists()


def test_what_was_typed_is_kept_when_something_is_missing(client):
    answer = client.post(NEW, form(name="", email="visitor@example.jp"))
    assert answer.status_code == 422
    assert "visitor@example.jp" in text(answer)
    assert "出金が届きません。" in text(answer)
    assert not Inquiry.objects.exists()


def test_one_address_of_the_network_sends_only_so_much(client):
    for number in range(10):
        assert client.post(NEW, form(name="訪問者", email=f"v{number}@example.jp")).status_code == 302
    before = now()
    answer = client.post(NEW, form(name="訪問者", email="v10@example.jp"))
    assert answer.status_code == 429
    clocks = {clock_after(moment, 3600) for moment in (before, now())}
    assert any(f"{clock}(日本時間)を過ぎてから" in text(answer) for clock in clocks), "it says until when"
    assert "v10@example.jp" in text(answer)
    assert Inquiry.objects.count() == 10


def test_about_a_contract_of_ones_own_only(client):
    contract = walk.funded(at=AT).contract
    client.force_login(cast.hanako())
    address = f"{NEW}?about=contract-{contract.pk}&category=trouble"
    assert contract.title in text(client.get(address))
    client.post(address, form())
    assert Inquiry.objects.get().about_id == contract.pk
    client.force_login(cast.sakura())
    assert client.get(address).status_code == 404
    assert client.get(f"{NEW}?about=contract-x").status_code == 404


def test_the_queue_in_its_tabs(client):
    inquiry = ask.by_member(cast.hanako(), at=AT)
    client.force_login(cast.offices()["support"])
    assert inquiry.excerpt in text(client.get("/staff/inquiries/"))
    assert inquiry.excerpt not in text(client.get("/staff/inquiries/?tab=mine"))
    client.post(reverse("staff:inquiries:take", args=[inquiry.pk]))
    assert inquiry.excerpt in text(client.get("/staff/inquiries/?tab=mine"))
    note = reverse("staff:inquiries:note", args=[inquiry.pk])
    assert client.post(note, {"request_key": str(uuid4()), "text": ""}).status_code == 422
    client.post(note, {"request_key": str(uuid4()), "text": "経理へ"})
    assert "経理へ" in text(client.get(reverse("staff:inquiries:detail", args=[inquiry.pk])))
    client.post(reverse("staff:inquiries:close", args=[inquiry.pk]))
    assert inquiry.excerpt in text(client.get("/staff/inquiries/?tab=closed"))


def test_about_a_payment_or_payout_of_ones_own_only(client):
    contract = walk.agreed()
    payment = walk.pay(walk.milestone(contract), card=DECLINED)
    client.force_login(cast.minato())
    page = client.get(reverse("contracts:funding_result", args=[contract.pk, walk.milestone(contract).pk, payment.pk]))
    assert f"about=payment-{payment.pk}" in page.content.decode()
    address = f"{NEW}?about=payment-{payment.pk}&category=money"
    assert "¥10,550 のお支払い" in text(client.get(address))
    client.post(address, form())
    assert (Inquiry.objects.get().about_kind, Inquiry.objects.get().about_id) == ("payment", payment.pk)
    worker = earners.hanako(payout_mode="on_request")
    payout = payouts.request(member=worker, request_key=uuid4(), by=by(worker), at=AT)
    assert client.get(f"{NEW}?about=payout-{payout.pk}").status_code == 404
    client.force_login(payout.member)
    assert "の出金" in text(client.get(f"{NEW}?about=payout-{payout.pk}"))
    assert client.get(address).status_code == 404
