"""Authenticator apps and recovery codes, through the pages."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client, TestCase
from django.urls import reverse

from nakadachi.infra import clock
from nakadachi.infra.events.models import Event
from nakadachi.people.access import codes
from nakadachi.people.access.seal import unseal
from tests import cast, logins
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db
LOGIN, CODE = reverse("account_login"), reverse("mfa_authenticate")


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def text(answer) -> str:
    return answer.content.decode()


def secret_on(page: str) -> str:
    return re.search(r"data-secret>([A-Z2-7]+)<", page)[1]


def code(secret: str, steps: int = 0) -> str:
    return codes.code_of(secret, codes.counts_around(clock.now())[codes.DRIFT_STEPS] + steps)


def posted(browser: Client, address: str, fields: dict[str, str]):
    """A test's transaction never ends: what waits for the commit is done here."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browser.post(address, fields)


def protected(member) -> tuple[str, list[str]]:
    """Adds an app through the pages; answers with its secret and the recovery codes shown."""
    browser = Client()
    logins.log_in(browser, member)
    secret = secret_on(text(browser.get(reverse("mfa_activate_totp"))))
    answer = posted(browser, reverse("mfa_activate_totp"), {"code": code(secret, -1)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    page = text(browser.get(answer.url))
    assert "表示されるのは今回だけです" in page
    return secret, re.findall(r"<li><code>(\d{8})</code>", page)


def begin_login(member) -> Client:
    browser = Client()
    answer = browser.post(LOGIN, {"login": member.email, "password": cast.PASSWORD})
    assert answer.url == CODE
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_an_app_is_added_and_asked_for(client):
    person = cast.hanako()
    secret, recovery = protected(person)
    assert len(recovery) == 10
    stored = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in stored
    assert unseal(stored) == secret
    assert Event.objects.filter(kind="member.mfa_added", subject_id=person.pk).count() == 2
    run_jobs("people.send_mail")
    assert "認証アプリが追加されました" in mail.outbox[-1].subject
    browser = begin_login(person)
    assert not is_in(browser)
    assert browser.get("/mypage/").url.startswith(LOGIN)
    assert browser.post(CODE, {"code": code(secret)}).url == "/mypage/"
    assert is_in(browser)


@pytest.mark.parametrize("shape", ["{0}", "{0:.3} {0}", "full"])
def test_a_code_opens_once_however_it_is_typed(shape):
    person = cast.hanako()
    secret, _ = protected(person)
    plain = code(secret)
    other = {"{0}": plain, "{0:.3} {0}": f" {plain[:3]} {plain[3:]}", "full": plain.translate(FULL_WIDTH)}[shape]
    assert begin_login(person).post(CODE, {"code": other}).url == "/mypage/"
    for again in (plain, other, plain.translate(FULL_WIDTH), code(secret, -1)):
        browser = begin_login(person)
        answer = browser.post(CODE, {"code": again})
        assert answer.status_code == 200
        assert "すでに使われています" in text(answer)
        assert not is_in(browser)


FULL_WIDTH = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}


def test_the_code_that_added_the_app_does_not_log_in():
    person = cast.hanako()
    browser = Client()
    logins.log_in(browser, person)
    secret = secret_on(text(browser.get(reverse("mfa_activate_totp"))))
    used = code(secret)
    posted(browser, reverse("mfa_activate_totp"), {"code": used})
    assert begin_login(person).post(CODE, {"code": used}).status_code == 200


def test_codes_of_other_times_do_not_open():
    person = cast.hanako()
    secret, _ = protected(person)
    for steps in (-5, -3, 3, 5):
        assert begin_login(person).post(CODE, {"code": code(secret, steps)}).status_code == 200
        cache.clear()


def test_guessing_ends_in_a_wait_that_the_right_code_does_not_lift():
    person = cast.hanako()
    secret, _ = protected(person)
    browser = begin_login(person)
    for _ in range(5):
        assert browser.post(CODE, {"code": "000000"}).status_code == 200
    answer = browser.post(CODE, {"code": code(secret)})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    assert "(日本時間)を過ぎてから" in text(answer)
    assert not is_in(browser)


def test_each_recovery_code_opens_once():
    person = cast.hanako()
    _, recovery = protected(person)
    assert begin_login(person).post(CODE, {"code": recovery[3]}).url == "/mypage/"
    assert begin_login(person).post(CODE, {"code": recovery[3]}).status_code == 200
    assert begin_login(person).post(CODE, {"code": recovery[4]}).url == "/mypage/"
    browser = Client()
    logins.log_in(browser, person)
    page = text(browser.get(reverse("mfa_view_recovery_codes")))
    assert "8個がまだ使えます" in page
    assert recovery[5] not in page
    assert browser.post(reverse("mfa_generate_recovery_codes")).url == reverse("mfa_view_recovery_codes")
    assert begin_login(person).post(CODE, {"code": recovery[5]}).status_code == 200


def test_a_new_password_by_mail_still_asks_for_the_code():
    person = cast.hanako()
    secret, _ = protected(person)
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": person.email})
    run_jobs("people.send_mail")
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1]
    form = browser.get(link, follow=True).request["PATH_INFO"]
    browser.post(form, {"password1": "an entirely new one", "password2": "an entirely new one"})
    assert not is_in(browser)
    answer = browser.post(LOGIN, {"login": person.email, "password": "an entirely new one"})
    assert answer.url == CODE
    assert not is_in(browser)
    assert browser.post(CODE, {"code": code(secret)}).url == "/mypage/"


def test_adding_and_removing_ask_who_one_is(client):
    person = cast.hanako()
    client.force_login(person)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_reauthenticate")), name
    protected(person)
    client.force_login(person)
    assert client.post(reverse("mfa_deactivate_totp")).url.startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert wrong.status_code == 200
    key = client.session.session_key
    right = client.post(
        reverse("account_reauthenticate") + "?next=" + reverse("mfa_deactivate_totp"), {"password": cast.PASSWORD}
    )
    assert right.url == reverse("mfa_index"), "what was asked for is done once one has proved who one is"
    assert client.session.session_key != key
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_proof_of_ten_minutes_ago_is_too_old(client, monkeypatch):
    logins.log_in(client, cast.hanako())
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    later = clock.now() + timedelta(minutes=10)
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: later)
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_an_operator_keeps_a_second_factor(client):
    operator = cast.tanaka()
    logins.log_in(client, operator)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 200
    assert "運営の方には二段階認証が必要です" in text(answer)
    assert Authenticator.objects.filter(user=operator, type="totp").exists()


def test_a_code_proves_who_one_is_and_nonsense_does_not(client):
    person = cast.hanako()
    secret, _recovery = protected(person)
    client.force_login(person)
    address, removal = reverse("mfa_reauthenticate"), reverse("mfa_deactivate_totp")
    for wrong in ("\x00<script>alert(1)</script>", "９" * 5_000):
        assert client.post(address, {"code": wrong}).status_code == 200
    assert client.post(removal).url.startswith(reverse("account_reauthenticate"))
    assert client.post(f"{address}?next=/settings/security/", {"code": code(secret)}).url == "/settings/security/"
    client.post(removal)
    assert not Authenticator.objects.filter(user=person, type="totp").exists()
