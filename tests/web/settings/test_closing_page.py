"""「退会」 is always there, says what is open, and links to where it is resolved."""

import pytest
from django.urls import reverse

from nakadachi.infra.clock import now
from tests import cast, walk

pytestmark = pytest.mark.django_db


def test_it_stands_last_in_the_settings_of_everybody(client):
    client.force_login(cast.sakura())
    page = client.get(reverse("settings:home")).content.decode()
    assert page.rindex(reverse("settings:closing")) > page.rindex(reverse("settings:language"))


def test_nothing_in_the_way_is_said_so(client):
    client.force_login(cast.sakura())
    assert "退会を妨げるものはありません" in client.get(reverse("settings:closing")).content.decode()


def test_what_is_open_is_named_with_amount_and_the_page_that_resolves_it(client):
    one = walk.delivered(at=now())
    client.force_login(one.contract.client)
    page = client.get(reverse("settings:closing")).content.decode()
    assert "退会の前に済ませること:1件" in page
    assert "¥10,000" in page
    address = reverse("contracts:acceptance", args=[one.contract_id, one.pk])
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200
