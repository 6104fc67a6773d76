"""Sessions: listed, ended, over when their time is over, and gone after a change of password."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nakadachi.infra import clock
from nakadachi.infra.events.models import Event
from nakadachi.people.access import presence
from nakadachi.people.access.models import Session
from nakadachi.people.access.waiting import clock_after
from nakadachi.people.models import Member
from tests import cast, logins

pytestmark = pytest.mark.django_db
SECURITY = reverse("settings:security")
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1"
PC = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def browser(member: Member, agent: str = PC) -> Client:
    client = Client(headers={"user-agent": agent})
    logins.log_in(client, member)
    client.get("/mypage/")
    return client


def is_in(client: Client) -> bool:
    return client.get("/mypage/").status_code == 200


def session_of(client: Client) -> Session:
    return Session.objects.get(session_key=client.session.session_key)


def set_clock(monkeypatch, moment) -> None:
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: moment)


def test_the_devices_are_listed_and_one_is_logged_out():
    person = cast.hanako()
    pc, phone = browser(person), browser(person, PHONE)
    page = pc.get(SECURITY).content.decode()
    for words in ("Chrome / Windows", "Safari / iPhone", "この端末", "127.0.0.*", "ほかの端末からログアウト"):
        assert words in page
    assert session_of(phone).session_key not in page, "the key of a session is nobody's to see"
    end = reverse("settings:session_end", args=[session_of(phone).token])
    assert pc.post(end).url == SECURITY
    assert not is_in(phone)
    assert is_in(pc)
    assert pc.post(end).status_code == 404, "it is not there any more"
    assert Event.objects.filter(kind="session.ended", subject_id=person.pk).count() == 1


def test_anothers_device_is_not_there():
    phone, stranger = browser(cast.hanako(), PHONE), browser(cast.sakura())
    hidden = stranger.post(reverse("settings:session_end", args=[session_of(phone).token]))
    missing = stranger.post(reverse("settings:session_end", args=[uuid4()]))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert is_in(phone)


def test_all_others_are_logged_out_at_once():
    person, sakura = cast.hanako(), browser(cast.sakura())
    here, *others = [browser(person) for _ in range(3)]
    assert here.post(reverse("settings:sessions_end")).url == SECURITY
    assert is_in(here)
    assert is_in(sakura)
    assert not any(is_in(other) for other in others)
    assert Event.objects.get(kind="session.others_ended").data == {"count": 2}
    here.post(reverse("settings:sessions_end"))
    assert Event.objects.filter(kind="session.others_ended").count() == 1


@pytest.mark.parametrize(
    ("steps", "left"), [([presence.IDLE_MAX - timedelta(seconds=1)], True), ([presence.IDLE_MAX], False)]
)
def test_a_session_that_is_not_used_is_over(steps, left, monkeypatch):
    start = clock.now()
    set_clock(monkeypatch, start)
    client = browser(cast.hanako())
    set_clock(monkeypatch, start + steps[0])
    assert is_in(client) is left


def test_a_session_that_is_used_daily_ends_after_ninety_days(monkeypatch):
    start = clock.now()
    set_clock(monkeypatch, start)
    client = browser(cast.hanako())
    for day in range(10, 90, 10):
        set_clock(monkeypatch, start + timedelta(days=day))
        assert is_in(client), day
    set_clock(monkeypatch, start + presence.LIFETIME_MAX)
    assert not is_in(client)


def test_being_seen_is_not_written_with_every_request(django_assert_num_queries, monkeypatch):
    start = clock.now()
    set_clock(monkeypatch, start)
    client = browser(cast.hanako())
    seen_at = session_of(client).seen_at
    set_clock(monkeypatch, start + presence.SEEN_GRAIN - timedelta(seconds=1))
    client.get(SECURITY)
    assert session_of(client).seen_at == seen_at
    set_clock(monkeypatch, start + presence.SEEN_GRAIN)
    client.get(SECURITY)
    assert session_of(client).seen_at == start + presence.SEEN_GRAIN


def test_a_closed_account_is_out_at_once():
    person = cast.hanako()
    client = browser(person)
    Member.objects.filter(pk=person.pk).update(is_active=False)
    assert not is_in(client)


def test_a_new_password_logs_the_other_devices_out():
    person = cast.hanako()
    here, other = browser(person), browser(person, PHONE)
    fields = {"oldpassword": cast.PASSWORD, "password1": "an entirely new one", "password2": "an entirely new one"}
    assert here.post(reverse("account_change_password"), fields).status_code == 302
    assert is_in(here)
    assert not is_in(other)
    assert Session.objects.filter(member=person).count() == 1
    assert Event.objects.filter(kind="member.password_changed", subject_id=person.pk).count() == 1


def test_the_key_is_renewed_at_login_and_a_planted_one_is_worthless():
    person, client = cast.hanako(), Client()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = planted = session.session_key
    client.post(reverse("account_login"), {"login": person.email, "password": cast.PASSWORD})
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_logging_out_deletes_the_row():
    client = browser(cast.hanako())
    key = client.session.session_key
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize(
    ("address", "shown"),
    [("203.0.113.77", "203.0.113.*"), ("2001:db8:12:3456::9", "2001:db8:12::/48"), ("nonsense", ""), ("", "")],
)
def test_addresses_are_shortened(address, shown):
    assert presence.shortened(address) == shown


@pytest.mark.parametrize(("agent", "device"), [(PHONE, "Safari / iPhone"), (PC, "Chrome / Windows"), ("curl/8", "")])
def test_devices_are_named(agent, device):
    assert presence.device_of(agent) == device


def test_ten_wrong_passwords_are_a_wait_that_no_header_shortens():
    person, client = cast.hanako(), Client()
    login, wrong = reverse("account_login"), {"login": person.email, "password": "wrong"}
    for _ in range(5):
        assert client.post(login, wrong).status_code == 200
    right = {**wrong, "password": cast.PASSWORD}
    for headers in ({}, {"x-forwarded-for": "198.51.100.7"}):
        answer = client.post(login, right, headers=headers)
        assert answer.status_code == 429
        assert answer["Retry-After"] == "300"
        assert clock_after(clock.now())[:3] in answer.content.decode(), "the time on a Japanese clock"
        assert "(日本時間)を過ぎてから" in answer.content.decode()
        assert person.email in answer.content.decode(), "what was typed is kept"
    assert "_auth_user_id" not in client.session


def test_who_is_logged_in_is_known_from_one_query():
    client = browser(cast.hanako())
    with CaptureQueriesContext(connection) as asked:
        client.get("/guide/")
    assert len([query for query in asked if "access_session" in query["sql"] or "people_member" in query["sql"]]) == 1


def test_the_member_of_the_row_counts_only_if_the_session_says_the_same():
    """The column is a copy: changed by itself, it logs nobody in as somebody else."""
    hanako, minato = cast.hanako(), cast.minato()
    client = browser(hanako)
    Session.objects.filter(pk=client.session.session_key).update(member=minato)
    page = client.get("/settings/profile/").content.decode()
    assert hanako.display_name in page
    assert minato.display_name not in page


def test_a_closed_account_is_out_at_the_next_request():
    person = cast.hanako()
    client = browser(person)
    Member.objects.filter(pk=person.pk).update(is_active=False)
    assert not is_in(client)


def test_a_changed_password_ends_the_session_even_if_its_row_is_left():
    person = cast.hanako()
    client = browser(person)
    Member.objects.filter(pk=person.pk).update(password="another")
    assert not is_in(client)
