"""Logins from unknown devices are mailed; a changed mail address is told to the old one."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nakadachi.infra import clock
from nakadachi.infra.events.models import Event
from nakadachi.people.access.holding import rest_of
from nakadachi.people.models import Member
from tests import cast, logins
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def log_in(browser: Client, member: Member) -> None:
    fields = {"login": member.email, "password": cast.PASSWORD}
    assert browser.post(reverse("account_login"), fields).url == "/mypage/"


def mailed() -> list[str]:
    run_jobs("people.send_mail")
    return [message.subject for message in mail.outbox]


def test_only_a_login_from_another_device_is_mailed():
    person, home, cafe = cast.hanako(), Client(), Client()
    log_in(home, person)
    assert mailed() == [], "the first login of all is not a new device"
    home.post(reverse("account_logout"))
    log_in(home, person)
    assert mailed() == []
    log_in(cafe, person)
    assert len(mailed()) == 1
    assert "新しい端末" in mail.outbox[0].subject
    assert mail.outbox[0].to == [person.email]
    assert Event.objects.filter(kind="session.started", subject_id=person.pk).count() == 3


def test_a_forged_mark_is_no_known_device():
    person, home, thief = cast.hanako(), Client(), Client()
    log_in(home, person)
    assert home.cookies["devices"]["httponly"]
    thief.cookies["devices"] = "0" * 32
    log_in(thief, person)
    assert len(mailed()) == 1


def test_anothers_mark_is_no_known_device():
    hanako, sakura, shared, other = cast.hanako(), cast.sakura(), Client(), Client()
    log_in(other, sakura)
    log_in(shared, hanako)
    shared.post(reverse("account_logout"))
    log_in(shared, sakura)
    assert len(mailed()) == 1


def test_a_new_address_is_told_to_the_old_one_and_lets_payouts_rest():
    person, browser = cast.hanako(), Client()
    browser.force_login(person)
    address, wish = reverse("account_email"), {"email": "new@example.jp", "action_add": ""}
    assert browser.post(address, wish).url.startswith(reverse("account_reauthenticate"))
    assert mailed() == []
    logins.log_in(browser, person)
    browser.post(address, wish)
    run_jobs("people.send_mail")
    link = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    browser.post(link)
    run_jobs("people.send_mail")
    person.refresh_from_db()
    assert person.email == "new@example.jp"
    assert mail.outbox[-1].to == [cast.HANAKO]
    assert "/inquiries/new/" in mail.outbox[-1].body
    assert rest_of(person.pk, clock.now()).why == "email"
    changes = Event.objects.get(kind="member.email_changed").data["changes"]
    assert changes == {"email": ["h***@example.jp", "n***@example.jp"]}
