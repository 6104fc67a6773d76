"""The list keeps itself current: it costs nothing while nothing changes, and leads out when the account has closed."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.closing.models import Closing
from nakadachi.infra.clock import now
from nakadachi.market.contracts import actions as contracts
from tests import cast, walk
from tests.cast import by

pytestmark = pytest.mark.django_db
PAGE, NEWS = "/settings/closing/", "/settings/closing/news/"
HTMX = {"HX-Request": "true"}


def seen(page: str) -> str:
    found = re.search(r"/news/\?seen=([0-9a-f]{8})", page)
    assert found is not None
    return found[1]


def test_nothing_new_is_no_answer_and_a_change_is_the_list(client):
    one = walk.funded(at=now())
    client.force_login(one.contract.client)
    mark = seen(client.get(PAGE).content.decode())
    assert client.get(NEWS, {"seen": mark}, headers=HTMX).status_code == 204
    contracts.hand_back(milestone=one, by=by(one.contract.worker), at=now())
    answer = client.get(NEWS, {"seen": mark}, headers=HTMX)
    assert answer.status_code == 200
    assert seen(answer.content.decode()) != mark


def test_after_the_account_has_closed_the_page_is_loaded_anew(client):
    answer = client.get(NEWS, headers=HTMX)
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    assert client.get(NEWS).status_code == 302


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_the_button_of_the_last_obstacle_closes_a_reserved_account(client, headers):
    sent = walk.proposal(at=now())
    client.force_login(sent.worker)
    client.post(PAGE, {"reason": "", "consents": "on", "request_key": str(uuid4())})
    assert Closing.objects.get().status == "reserved"
    address = reverse("leaving:remedy", args=["withdraw_proposal"])
    answer = client.post(address, {"id": sent.pk}, headers=headers)
    assert Closing.objects.get().status == "closed"
    assert "/settings/closing/closed/" in (answer.get("HX-Redirect") or answer["Location"])


def test_the_picture_of_the_way_out_names_stations_and_the_day(client):
    one = walk.delivered(at=now())
    client.force_login(one.contract.worker)
    page = client.get(PAGE).content.decode()
    assert "予想完了日" in page
    assert page.count("timeline__item") >= 3
    assert "退会完了(7日間は取り消せます)" in page
    client.force_login(cast.sakura())
    assert "way__steps" not in client.get(PAGE).content.decode()
