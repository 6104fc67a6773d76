"""`bin/nakadachi obstacles`: the same function from a terminal."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import cast, walk

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("obstacles", *arguments, stdout=out)
    return out.getvalue()


def test_one_member_as_json_in_the_shape_of_the_manual():
    one = walk.delivered()
    client = one.contract.client
    found = json.loads(run(str(client.pk), "--at", "2026-11-02T12:00", "--json"))
    obstacles = [
        {
            "code": "delivery.waiting",
            "who": "you",
            "clears_by": one.auto_accept_at.astimezone(walk.START.tzinfo).isoformat(),
            "remedies": ["accept_delivery", "inspect", "open_mediation"],
            "amount_yen": 10_000,
        }
    ]
    assert found == {"members": [{"member": client.pk, "obstacles": obstacles}]}
    assert json.loads(run(client.email.upper(), "--at", "2026-11-02T12:00", "--json")) == found


def test_everybody_and_in_words_only_who_has_anything_open():
    sent = walk.proposal()
    nobody = cast.sakura()
    found = json.loads(run("--all", "--at", "2026-11-02", "--json"))["members"]
    assert {one["member"]: [each["code"] for each in one["obstacles"]] for one in found} == {
        sent.worker.pk: ["proposal.open"],
        sent.job.client_id: ["job.open"],
        nobody.pk: [],
    }
    words = run("--all", "--at", "2026-11-02")
    assert "proposal.open" in words
    assert "[withdraw_proposal]" in words
    assert nobody.email not in words
    assert "nothing in the way" in run(nobody.email)


@pytest.mark.parametrize("arguments", [[], ["1", "--all"], ["nobody@example.jp"], ["999999999"], ["9" * 30]])
def test_a_member_that_is_not_there_is_said_so(arguments):
    with pytest.raises(CommandError):
        run(*arguments)


def test_a_moment_that_is_none_is_said_so():
    with pytest.raises(CommandError, match="--at yesterday"):
        run("--all", "--at", "yesterday")
