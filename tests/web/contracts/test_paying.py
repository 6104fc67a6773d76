"""Paying with cards that do not answer at once: the page waits, asks by itself, and never asks to pay twice."""

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Payment
from tests import cast, walk
from tests.web.contracts.pages import at_browser, pay, text_of

pytestmark = pytest.mark.django_db


def card(name: str) -> str:
    return cards.BY_NAME[name].number


@pytest.fixture
def milestone():
    return walk.milestone(walk.agreed())


@pytest.fixture
def client() -> Client:
    return at_browser(cast.minato())


def funding(milestone) -> str:
    return reverse("contracts:funding", args=[milestone.contract_id, milestone.pk])


def result(milestone) -> str:
    payment = Payment.objects.latest("pk")
    return reverse("contracts:funding_result", args=[milestone.contract_id, milestone.pk, payment.pk])


def polled(client: Client, milestone):
    return client.get(result(milestone), headers={"HX-Request": "true"})


def test_the_owner_confirms_and_comes_back(client, milestone) -> None:
    page = text_of(pay(client, milestone, card("challenge")))
    assert "本人認証をお願いします" in page
    assert "HX-Redirect" not in polled(client, milestone).headers, "nothing new: the page stays"
    challenge = client.get(Payment.objects.get().action_url)
    assert "¥10,550" in text_of(challenge)
    back = client.post(Payment.objects.get().action_url, {"answer": "approve"})
    assert back["Location"] == f"http://testserver{result(milestone)}"
    assert polled(client, milestone)["HX-Redirect"] == result(milestone)
    assert "仮払いが完了しました" in text_of(client.get(result(milestone), follow=True))
    assert walk.milestone(milestone.contract).is_funded
    assert "この認証は終わりました" in text_of(client.get(sandbox_address()))


def sandbox_address() -> str:
    return f"/_sandbox/3ds/{sandbox.Charge.objects.latest('pk').token}/"


@pytest.mark.parametrize(
    ("answer", "words"), [("refuse", "本人認証が断られました"), ("later", "本人認証をお願いします")]
)
def test_the_owner_refuses_or_goes_back(client, milestone, answer, words) -> None:
    pay(client, milestone, card("challenge"))
    page = client.post(sandbox_address(), {"answer": answer}, follow=True)
    assert words in text_of(page)
    assert not walk.milestone(milestone.contract).is_funded


def test_another_card_instead(client, milestone) -> None:
    pay(client, milestone, card("challenge"))
    cancel = f"{result(milestone)}cancellation/"
    page = client.post(cancel, follow=True)
    assert page.redirect_chain[-1][0] == funding(milestone)
    pay(client, milestone)
    assert walk.milestone(milestone.contract).is_funded
    assert client.post(cancel).status_code == 302
    assert sandbox.Charge.objects.filter(outcome="captured").count() == 1


@pytest.mark.parametrize(("name", "words"), [("delayed", "入金を待っています"), ("down", "カード会社に確認中です")])
def test_who_comes_back_sees_the_payment_that_is_on_and_no_form(client, milestone, name, words) -> None:
    assert words in text_of(pay(client, milestone, card(name)))
    page = client.get(funding(milestone), follow=True)
    assert words in text_of(page)
    assert 'name="card_number"' not in page.content.decode()
    contract = client.get(reverse("contracts:detail", args=[milestone.contract_id]))
    assert funding(milestone) in contract.content.decode(), "a way back to it"


def test_promised_money_that_does_not_come_says_so(client, milestone) -> None:
    pay(client, milestone, card("delayed_fails"))
    clockwork.run(at=sandbox.Charge.objects.get().changes_at)
    assert polled(client, milestone)["HX-Redirect"] == result(milestone)
    assert "入金が確認できませんでした" in text_of(client.get(result(milestone)))


def test_a_provider_that_is_down_is_given_up_after_a_minute(client, milestone) -> None:
    pay(client, milestone, card("down"))
    payment = Payment.objects.get()
    assert payment.processing_at is not None
    Payment.objects.update(processing_at=payment.processing_at.replace(year=payment.processing_at.year - 1))
    assert "もう一度" in text_of(client.get(result(milestone)))
    assert Payment.objects.get().status == "failed"
    pay(client, milestone)
    assert walk.milestone(milestone.contract).is_funded


def test_a_secret_address_that_is_not_there(client) -> None:
    assert client.get("/_sandbox/3ds/nothing/").status_code == 404
