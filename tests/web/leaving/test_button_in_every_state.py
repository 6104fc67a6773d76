"""No state hides the button, greys it out or puts another question before it: on both sides, whatever is open."""

import re

import pytest

from tests.closing.states import STATES

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r'<button class="btn btn--primary btn--wide"[^>]*>([^<]+)</button>')


@pytest.mark.parametrize("name", sorted(STATES))
def test_the_button_is_there(name, client):
    member, _at = STATES[name]()
    client.force_login(member)
    page = client.get("/settings/closing/").content.decode()
    buttons = BUTTON.findall(page)
    assert buttons in (["退会を予約する"], ["退会する"]), name
    assert "disabled" not in BUTTON.search(page)[0]
    form = page[page.rindex("<form", 0, BUTTON.search(page).start()) : BUTTON.search(page).end()]
    assert 'hidden"' not in form.replace('type="hidden"', "")
    assert "/settings/closing/" in client.get("/settings/").content.decode()
