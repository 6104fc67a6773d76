"""No address is posted to without standing in the list of forms, or among the buttons with its reason."""

import pytest
from django.urls import reverse

from tests.every_page.table import ROWS
from tests.every_page.test_matrix import names
from tests.every_page.undoing import undone
from tests.hostile.forms import FORMS

BUTTONS = {
    "jobs:confirm": "a button",
    "jobs:undo_closing": "a button",
    "jobs:discard": "a button",
    "proposals:remove_template": "a button",
    "proposals:withdraw": "a button",
    "proposals:reconsider": "a button",
    "proposals:stand_by": "a button",
    "proposals:counter_accept": "a button",
    "proposals:counter_decline": "a button",
    "proposals:counter_withdraw": "a button",
    "tasks:removal": "a button",
    "tasks:question_removal": "a button",
    "tasks:question_up": "a button",
    "tasks:funding_cancellation": "a button",
    "tasks:claim": "a button",
    "tasks:closing": "a button",
    "tasks:give_back": "a button",
    "tasks:no_objection": "a button",
    "hourly:stop": "a button; the memo is the one the timer was started with",
    "hourly:sign": "a button",
    "hourly:report": "a button",
    "hourly:funding_cancellation": "a button",
    "hourly:entry_deletion": "a button",
    "contracts:confirmation": "a button",
    "contracts:refusal": "a button",
    "contracts:offer_withdrawal": "a button",
    "contracts:change_acceptance": "a button",
    "contracts:change_refusal": "a button",
    "contracts:change_withdrawal": "a button",
    "contracts:nudge": "a button",
    "contracts:end_acceptance": "a button",
    "contracts:end_refusal": "a button",
    "contracts:end_withdrawal": "a button",
    "contracts:funding_cancellation": "a button",
    "contracts:reorder": "a button",
    "contracts:change_funding_cancellation": "a button",
    "contracts:delivery_withdrawal": "a button",
    "contracts:handback": "a button",
    "contracts:acceptance": "a button",
    "earnings:payouts:new": "a button; the amount is the whole balance",
    "earnings:payouts:cancellation": "a button",
    "settings:avatar": "a file and nothing else: tests/web/settings/test_avatar_pages.py",
    "settings:avatar_removal": "a button",
    "settings:verification_ask": "files: tests/people/verification",
    "settings:session_end": "a button",
    "settings:sessions_end": "a button",
    "settings:block": "a button",
    "settings:unblock": "a button",
    "messages:take_back": "a button",
    "inquiries:close": "a button",
    "mediation:withdrawal": "a button",
    "mediation:acceptance": "a button",
    "inquiries:by_mail": "the form of inquiries:detail behind a secret address",
    "notices:read_all": "a button with the newest notice seen",
    "notices:open": "a button",
    "notices:stop": "a button",
    "staff:texts:discard": "a button",
    "staff:inquiries:take": "a button",
    "staff:inquiries:close": "a button",
    "staff:refunds:retry": "a button",
    "staff:refunds:drop": "a button",
    "staff:payouts:file": "a button",
}
"""Posted to without a field that people fill in."""


@pytest.mark.parametrize("name", ROWS)
def test_an_address_that_takes_posts_is_attacked(name: str, world, browse) -> None:
    row = ROWS[name]
    known = {form.address for form in FORMS if not form.is_asked} | set(BUTTONS)
    for role in sorted(row.seen_by - row.gone_for - {"anonymous"}) or ["client"]:
        with undone():
            status = browse(role).post(reverse(name, kwargs=row.arguments(world))).status_code
        assert (status == 405) != (name in known) or (status == 404 and name in known), (status, role)


def test_the_lists_name_what_is_there() -> None:
    there = set(names())
    assert not {form.address for form in FORMS} - there
    assert not set(BUTTONS) - there
    assert not set(BUTTONS) & {form.address for form in FORMS if not form.is_asked}
