"""「退会」 is always there, says what is open, and links to where it is resolved."""

import re

import pytest
from django.urls import reverse

from nakadachi.closing.obstacles import CODES
from nakadachi.closing.words import KINDS, STEPS
from nakadachi.infra.clock import now
from tests import cast, walk

pytestmark = pytest.mark.django_db


def test_it_stands_last_in_the_settings_of_everybody(client):
    client.force_login(cast.sakura())
    page = client.get(reverse("settings:home")).content.decode()
    assert page.rindex(reverse("leaving:overview")) > page.rindex(reverse("settings:language"))


def test_nothing_in_the_way_is_said_so(client):
    client.force_login(cast.sakura())
    assert "退会を妨げるものはありません" in client.get(reverse("leaving:overview")).content.decode()


def test_what_is_open_is_named_with_amount_and_the_page_that_resolves_it(client):
    one = walk.delivered(at=now())
    client.force_login(one.contract.client)
    page = client.get(reverse("leaving:overview")).content.decode()
    assert "あと1件を終えると退会できます" in page
    assert "¥10,000" in page
    address = reverse("contracts:acceptance", args=[one.contract_id, one.pk])
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200


def test_several_of_a_kind_are_one_entry_that_opens(client):
    """Nearest day first: the delivery ends by itself before the proposals, which have no day."""
    for _ in range(4):
        walk.proposal(walk.open_job(client=cast.sakura()), worker=cast.minato())
    one = walk.delivered(at=now())
    client.force_login(cast.minato())
    page = client.get(reverse("leaving:overview")).content.decode()
    entries = re.findall(r'data-code="([a-z._]+)" data-count="(\d+)"', page)
    assert [entry for entry in entries if entry[0] != "job.open"] == [("delivery.waiting", "1"), ("proposal.open", "4")]
    assert "返事待ちの提案が4件あります" in page
    assert page.count(f'href="{reverse("contracts:acceptance", args=[one.contract_id, one.pk])}"') == 1
    for sent in cast.minato().proposals.all():
        assert f'href="{reverse("proposals:detail", args=[sent.pk])}"' in page


def test_every_kind_of_obstacle_says_how_many_there_are():
    assert CODES - set(KINDS) == {"balance.ge_min", "balance.lt_min", "owner.last", "role.held"}
    assert set(STEPS) >= CODES
