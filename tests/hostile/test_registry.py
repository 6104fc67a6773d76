"""No address is posted to without standing in the list of forms, or among the buttons with its reason."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.every_page.table import ROWS
from tests.every_page.test_matrix import names
from tests.every_page.undoing import undone
from tests.hostile.forms import FORMS
from tests.hostile.values import LONG, NUL, SCRIPT

ALLAUTH = {
    "account_logout": "a button",
    "account_confirm_email": "a button behind a secret address: tests/people/test_accounts.py",
    "account_reset_password_from_key": "passwords behind a secret address: tests/people/test_accounts.py",
    "account_set_password": "leads on: everybody has a password",
    "account_confirm_login_code": "leads on: no code is ever sent for a login",
    "mfa_authenticate": "a code in the middle of a login: tests/people/access/test_second_factor.py",
    "mfa_reauthenticate": "a code of somebody with a second step: tests/people/access/test_second_factor.py",
    "mfa_deactivate_totp": "a button",
    "mfa_generate_recovery_codes": "a button",
    "mfa_add_webauthn": "the answer of an authenticator: tests/browser/test_security.py",
    "mfa_edit_webauthn": "the name of a passkey, which takes an authenticator: tests/browser/test_security.py",
    "mfa_remove_webauthn": "a button",
    "mfa_reauthenticate_webauthn": "the answer of an authenticator: tests/browser/test_security.py",
    "mfa_login_webauthn": "the answer of an authenticator: tests/browser/test_security.py",
}
"""Pages of allauth that take a POST and stand in no row of the table of addresses."""
SECRETS = {
    "account_confirm_email": {"key": "no-such"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "1-1"},
}
NO_ANSWER = (
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": 1}}'
)
BUTTONS = ALLAUTH | {
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
    "contracts:prompt": "a button",
    "contracts:end_acceptance": "a button",
    "contracts:end_refusal": "a button",
    "contracts:end_withdrawal": "a button",
    "contracts:funding_cancellation": "a button",
    "contracts:reorder": "a button",
    "contracts:change_funding_cancellation": "a button",
    "contracts:delivery_withdrawal": "a button",
    "contracts:handback": "a button",
    "contracts:acceptance": "a button",
    "leaving:remedy": "a button; ids and kinds: tests/closing/test_remedies.py",
    "earnings:payouts:new": "a button; the amount is the whole balance",
    "earnings:payouts:cancellation": "a button",
    "settings:avatar": "a file and nothing else: tests/hostile/test_files.py",
    "settings:avatar_removal": "a button",
    "settings:verification_ask": "files: tests/hostile/test_files.py",
    "settings:session_end": "a button",
    "settings:sessions_end": "a button",
    "export:ask": "a button",
    "settings:block": "a button",
    "settings:unblock": "a button",
    "messages:take_back": "a button",
    "inquiries:close": "a button",
    "mediation:withdrawal": "a button",
    "mediation:acceptance": "a button",
    "inquiries:by_mail": "the form of inquiries:detail behind a secret address",
    "leaving:verify": "a file and nothing else: tests/closing/test_receipt.py",
    "leaving:undo": "a button",
    "leaving:consent": "a button",
    "leaving:afterwards_undo": "a button behind a secret address",
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


def patterns_of_allauth(resolver=None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from patterns_of_allauth(pattern)
        elif (pattern.name or "").startswith(("account_", "mfa_")):
            yield pattern


def test_every_page_of_allauth_that_takes_posts_is_known() -> None:
    """By the view's class: a page that asks for the password first would hide it from a request."""
    taking = {one.name for one in patterns_of_allauth() if hasattr(getattr(one.callback, "view_class", None), "post")}
    taking -= {"mfa_index", "mfa_list_webauthn"}  # lead to a page of ours, see config/urls.py
    known = {form.address for form in FORMS if form.address.startswith(("account_", "mfa_"))}
    assert known <= taking, "the class of a view is not found any more"
    assert taking - known == set(ALLAUTH)


@pytest.mark.parametrize("role", ["anonymous", "client"])
@pytest.mark.parametrize("name", ALLAUTH)
def test_nonsense_is_no_fault_of_allauth(name: str, role: str, world, browse) -> None:
    arguments = SECRETS.get(name) or ({"pk": 1} if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else {})
    browser = browse(role)
    browser.raise_request_exception = False
    for bad in ("", NUL, SCRIPT, "[]", "{}", "null", '{"id": 1}', NO_ANSWER, LONG):
        values = dict.fromkeys(("code", "credential", "name", "password1", "password2", "next"), bad)
        with undone():
            answer = browser.post(reverse(name, kwargs=arguments), values)
        assert answer.status_code < 500, bad[:40]
