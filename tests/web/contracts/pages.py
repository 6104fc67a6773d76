"""What tests of the contract pages share: people at their browsers, addresses, and a picture of all there is."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Contract, Delivery, EndProposal, Milestone, Terms
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.people.models import Member


def at_browser(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def of_contract(name: str, contract: Contract) -> str:
    return reverse(f"contracts:{name}", args=[contract.pk])


def of_milestone(name: str, milestone: Milestone) -> str:
    return reverse(f"contracts:{name}", args=[milestone.contract_id, milestone.pk])


def of_end(name: str, end: EndProposal) -> str:
    return reverse(f"contracts:{name}", args=[end.contract_id, end.pk])


def text_of(answer) -> str:
    """What a reader sees, without markup and with single spaces."""
    page = re.sub(r"<script.*?</script>|<style.*?</style>", "", answer.content.decode(), flags=re.DOTALL)
    page = page.replace(answer.headers.get("X-Request-ID", "no number"), "")  # every answer has another one
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def key_in(answer) -> str:
    """The hidden key of the form on a page."""
    found = re.search(r'name="request_key" value="([0-9a-f-]{36})"', answer.content.decode())
    assert found, "the form has no key"
    return found[1]


def pay(client: Client, milestone: Milestone, card: str = cards.SUCCESS):
    """Through the form as a person would."""
    address = of_milestone("funding", milestone)
    key = key_in(client.get(address))
    return client.post(address, {"request_key": key, "card_number": card}, follow=True)


def everything() -> dict[str, object]:
    """All rows of the story and the whole ledger: two equal pictures mean that nothing changed."""
    tables = (Contract, Milestone, Delivery, Terms, EndProposal, Hold, Payment, Refund, StoredFile)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in tables}
    return {**rows, "events": Event.objects.count(), "ledger": ledger.trial_balance()}
