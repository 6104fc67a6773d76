"""Registering, confirming, logging in, resetting: through the pages, with the mails really sent."""

import re

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth import hashers
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from nakadachi.people.models import Member
from tests.earners import member
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
ADDRESS = "hanako@example.jp"


def register(client, email=ADDRESS, **changes):
    fields = {"email": email, "password1": PASSWORD, "display_name": "はなこ", "agreed": "on", **changes}
    return client.post(reverse("account_signup"), fields)


def newest_link() -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1]


def test_from_registering_to_the_new_password(client):
    answer = register(client)
    assert answer.status_code == 302
    assert answer.url == reverse("account_email_verification_sent")
    assert mail.outbox == []
    assert run_jobs("people.send_mail") == 1
    assert mail.outbox[0].to == [ADDRESS]
    assert "はなこ" in mail.outbox[0].body
    person = Member.objects.get(email=ADDRESS)
    assert (person.display_name, person.is_operator, person.language) == ("はなこ", False, "ja")

    login = {"login": ADDRESS, "password": PASSWORD}
    assert client.post(reverse("account_login"), login).url == reverse("account_email_verification_sent")
    confirm = newest_link()
    assert client.get(confirm).status_code == 200
    assert client.post(confirm).status_code == 302
    client.post(reverse("account_logout"))
    assert client.post(reverse("account_login"), login).url == "/mypage/"
    client.post(reverse("account_logout"))

    assert client.post(reverse("account_reset_password"), {"email": ADDRESS}).status_code == 302
    run_jobs("people.send_mail")
    form = client.get(newest_link(), follow=True)
    changed = {"password1": "an entirely new one", "password2": "an entirely new one"}
    assert client.post(form.request["PATH_INFO"], changed).status_code == 302
    client.logout()
    assert client.post(reverse("account_login"), login).status_code == 200
    login["password"] = "an entirely new one"
    assert client.post(reverse("account_login"), login).url == "/mypage/"


def test_a_known_address_is_answered_like_an_unknown_one_and_gets_another_mail(client):
    known = member()
    unknown_answer = register(client)
    known_answer = register(client, known.email.upper())
    assert (known_answer.status_code, known_answer.url) == (unknown_answer.status_code, unknown_answer.url)
    run_jobs("people.send_mail")
    assert [message.to[0].lower() for message in mail.outbox] == [ADDRESS, known.email]
    assert mail.outbox[0].subject != mail.outbox[1].subject
    assert Member.objects.filter(email__iexact=known.email).count() == 1
    assert client.post(reverse("account_reset_password"), {"email": "nobody@example.jp"}).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "no address"},
        {"password1": "short"},
        {"password1": "password1234"[:10]},
        {"display_name": ""},
        {"display_name": "\u200b"},
        {"display_name": "あ" * 41},
    ],
)
def test_bad_input_is_said_beside_the_field_and_registers_nobody(client, changes):
    answer = register(client, **{"email": ADDRESS, **changes})
    assert answer.status_code == 200
    assert 'class="field__error' in answer.content.decode()
    assert not Member.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_registering_twice_makes_one_member_and_a_mail_that_confirms(client):
    register(client)
    register(client)
    assert Member.objects.count() == 1
    assert run_jobs("people.send_mail") >= 1
    assert {message.to[0] for message in mail.outbox} == {ADDRESS}


def test_an_inactive_member_cannot_log_in(client):
    person = member()
    Member.objects.filter(pk=person.pk).update(is_active=False)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_email_verification_sent",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_every_entrance_page_is_japanese(client, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    text = re.sub(r"<[^>]+>", " ", page.content.decode().split('<main id="main"')[1].split("</main>")[0])
    text = text.partition(">")[2]
    assert not re.search(r"[A-Za-z]{4,}", text), text


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_email", "account_logout", "account_reauthenticate"]
)
def test_pages_of_ones_own_account(client, name):
    client.force_login(member())
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["\u0958" * 40, "\u3164"])
def test_a_name_that_cannot_be_kept_or_seen_registers_nobody(client, name):
    answer = register(client, display_name=name)
    assert answer.status_code == 200
    assert "display_name" in answer.context["form"].errors
    assert Member.objects.count() == 0


def test_a_known_address_takes_as_much_hashing_as_an_unknown_one(client, monkeypatch):
    known, hashed = member(), []
    make = hashers.make_password
    for place in ("django.contrib.auth.base_user", "nakadachi.people.account_forms"):
        monkeypatch.setattr(f"{place}.make_password", lambda password, *more: hashed.append(password) or make(password))
    register(client)
    register(client, known.email)
    assert hashed == [PASSWORD, PASSWORD]


def test_behind_a_proxy_limits_count_the_visitor_and_not_the_proxy(rf, settings):
    request = rf.get("/", headers={"x-forwarded-for": "198.51.100.9, 203.0.113.7"})
    assert get_adapter().get_client_ip(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert get_adapter().get_client_ip(request) == "203.0.113.7"
