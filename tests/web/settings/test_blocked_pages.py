"""Blocking somebody from where one met them, and the list with the way back."""

import pytest
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.people.standing.models import Block
from tests import cast, walk

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def test_from_the_job_to_the_list_and_back(client):
    job = walk.open_job(at=now())
    client.force_login(cast.hanako())
    address = reverse("settings:block", args=["job", job.pk])
    assert address in text(client.get(reverse("jobs:detail", args=[job.pk])))
    assert "相手には通知されません" in text(client.get(address))
    assert client.post(address, follow=True).redirect_chain == [(reverse("settings:blocked"), 302)]
    assert "新しいお仕事を始められません" in text(client.get(reverse("jobs:detail", args=[job.pk])))
    made = Block.objects.get()
    client.post(reverse("settings:unblock", args=[made.pk]))
    assert not Block.objects.exists()


@pytest.mark.parametrize("where", ["proposal", "contract"])
def test_both_sides_meet_each_other_on_proposals_and_contracts(client, where):
    contract = walk.offered(at=now())
    address = reverse("settings:block", args=[where, contract.pk if where == "contract" else contract.proposal_id])
    for viewer, other in ((contract.client, contract.worker), (contract.worker, contract.client)):
        client.force_login(viewer)
        assert f"{other.display_name}さんをブロック" in text(client.get(address))


def test_nobody_learns_of_people_they_never_met(client):
    contract = walk.offered(at=now())
    client.force_login(cast.sakura())
    for where, thing_id in (("contract", contract.pk), ("proposal", contract.proposal_id), ("member", 1)):
        assert client.post(reverse("settings:block", args=[where, thing_id])).status_code == 404
    assert not Block.objects.exists()


def test_the_block_of_another_cannot_be_lifted(client):
    job = walk.open_job(at=now())
    client.force_login(cast.hanako())
    client.post(reverse("settings:block", args=["job", job.pk]))
    made = Block.objects.get()
    client.force_login(cast.ren())
    assert client.post(reverse("settings:unblock", args=[made.pk])).status_code == 404
    assert Block.objects.filter(pk=made.pk).exists()
