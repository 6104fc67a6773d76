"""The buttons of the list as the browser sends them: live, by a plain form, for a stranger, and refused."""

import pytest
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.market.contracts.models import Contract
from nakadachi.market.sourcing.models import Proposal
from nakadachi.people.roles.models import StaffRole
from tests import cast, walk

pytestmark = pytest.mark.django_db


def press(client, member, name, data, **headers):
    client.force_login(member)
    return client.post(reverse("leaving:remedy", args=[name]), data, headers=headers)


def test_live_the_answer_is_the_page_as_it_is_now(client):
    sent = walk.proposal(at=now())
    answer = press(client, sent.worker, "withdraw_proposal", {"id": sent.pk}, **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="obstacles"' in answer.content.decode()
    assert "proposal.open" not in answer.content.decode()
    sent.refresh_from_db()
    assert sent.status == "withdrawn"


def test_without_javascript_it_leads_back_to_the_list_and_twice_is_once(client):
    sent = walk.proposal(at=now())
    for _ in range(2):
        answer = press(client, sent.worker, "withdraw_proposal", {"id": sent.pk})
        assert (answer.status_code, answer["Location"]) == (302, reverse("leaving:overview"))


@pytest.mark.parametrize(
    "data",
    [{}, {"id": "x"}, {"id": "-1"}, {"id": "9" * 30}, {"id": "999999999"}, {"all": "nothing"}, {"all": "job.open"}],
)
def test_what_is_not_there_is_not_found_and_nothing_changes(client, data):
    sent = walk.proposal(at=now())
    assert press(client, sent.worker, "withdraw_proposal", data).status_code == 404
    assert Proposal.objects.get().status == "sent"


def test_nobody_presses_for_somebody_else_and_no_button_is_made_up(client):
    sent = walk.proposal(at=now())
    assert press(client, cast.sakura(), "withdraw_proposal", {"id": sent.pk}).status_code == 404
    assert press(client, sent.worker, "steal", {"id": sent.pk}).status_code == 404
    client.force_login(sent.worker)
    assert client.get(reverse("leaving:remedy", args=["withdraw_proposal"])).status_code == 405
    assert Proposal.objects.get().status == "sent"


@pytest.mark.parametrize(("headers", "status"), [({}, 409), ({"HX-Request": "true"}, 200)])
def test_a_refusal_stands_beside_its_row_and_nothing_changed(client, headers, status):
    """In another tab the money was set aside meanwhile; the button of the old list ends nothing."""
    one = walk.funded(at=now())
    answer = press(client, one.contract.worker, "end_contract", {"id": one.contract_id}, **headers)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert Contract.objects.get().status == "active"


def test_a_role_that_was_laid_down_is_gone_from_the_answer(client):
    support = cast.offices()[StaffRole.Role.SUPPORT]
    client.force_login(support)
    assert "role.held" in client.get(reverse("leaving:overview")).content.decode()
    answer = press(client, support, "resign_role", {"id": support.pk}, **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert "role.held" not in answer.content.decode()
    assert "/staff/" not in answer.content.decode()
