"""An operator without a second factor opens nothing of the console, at any address, and changes nothing."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from nakadachi.people.models import Member
from tests import logins
from tests.every_page.table import ROWS
from tests.every_page.world import World, fingerprint

STEP = "/staff/second-step/"
CONSOLE = [name for name in ROWS if name.startswith("staff:") and name != "staff:second_step"]


@pytest.fixture
def bare(world: World) -> Iterator[Member]:
    """Tanaka without a second factor; put back afterwards, since the world is shared."""
    operator = world.people["staff"]
    Authenticator.objects.filter(user=operator).delete()
    yield operator
    logins.protect(operator)


@pytest.mark.parametrize("name", CONSOLE)
def test_the_console_is_shut(name: str, bare, world, browse) -> None:
    browser, address = browse("staff"), reverse(name, kwargs=ROWS[name].arguments(world))
    before = fingerprint()
    for answer in (browser.get(address), browser.post(address, {"confirm": "1"})):
        assert (answer.status_code, answer["Location"]) == (302, STEP)
    assert fingerprint() == before


def test_members_files_are_shut_too(bare, world, browse) -> None:
    row = ROWS["files:download"]
    address = reverse("files:download", kwargs=row.arguments(world))
    assert browse("staff").get(address).status_code == browse("other").get(address).status_code == 404
