"""What may be tried how often: reset, change of address, inquiries; what a reset does; what an answer gives away."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nakadachi.infra import clock
from nakadachi.infra.events.models import Event
from nakadachi.people.access.holding import rest_of
from nakadachi.people.access.waiting import clock_after
from nakadachi.people.models import Member
from nakadachi.people.standing.models import Standing
from tests import cast, logins
from tests.jobs import TELLING, run_jobs

pytestmark = pytest.mark.django_db
RESET, LOGIN, EMAIL = reverse("account_reset_password"), reverse("account_login"), reverse("account_email")
NOBODY = "nobody@example.jp"
NEW_PASSWORD = "紅葉と珈琲と石畳 2026"


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def noon(monkeypatch) -> datetime:
    """12:00:30 in Japan."""
    moment = datetime(2026, 12, 1, 3, 0, 30, tzinfo=UTC)
    monkeypatch.setattr("nakadachi.web.ui.middleware.now", lambda: moment)
    return moment


@pytest.mark.parametrize(
    ("second", "shown"), [(0, "12:05"), (1, "12:06"), (59, "12:06")], ids=["on the minute", "after it", "at its end"]
)
def test_the_time_to_try_again_is_never_too_early(second, shown):
    assert clock_after(datetime(2026, 12, 1, 3, 0, second, tzinfo=UTC)) == shown


def test_the_sixth_reset_for_one_address_waits_and_says_until_when(noon):
    person, client = cast.hanako(), Client()
    for _ in range(5):
        assert client.post(RESET, {"email": person.email}).status_code == 302
    assert run_jobs("people.send_mail") == len(mail.outbox) == 5
    answer = client.post(RESET, {"email": person.email})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    assert "12:06(日本時間)を過ぎてから" in text(answer)
    assert run_jobs("people.send_mail") == 5, "the same five: nothing more is mailed"
    assert client.post(RESET, {"email": NOBODY}).status_code == 302, "the limit is the address's"


def test_resets_for_many_addresses_from_one_place_wait_too():
    client = Client()
    answers = [client.post(RESET, {"email": f"somebody{number}@example.jp"}).status_code for number in range(11)]
    assert answers == [302] * 10 + [429]


def test_the_eleventh_change_of_address_waits(noon):
    person, client = cast.hanako(), Client()
    logins.log_in(client, person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": noon.timestamp()}]
    session.save()
    answers = [client.post(EMAIL, {"email": f"new{n}@example.jp", "action_add": "1"}) for n in range(11)]
    assert [answer.status_code for answer in answers[:10]] == [302] * 10
    assert answers[10].status_code == 429
    assert "12:06(日本時間)を過ぎてから" in text(answers[10])
    person.refresh_from_db()
    assert person.email == cast.HANAKO
    assert not EmailAddress.objects.filter(email="new10@example.jp").exists()


def reset(person: Member, client: Client) -> None:
    client.post(RESET, {"email": person.email})
    run_jobs("people.send_mail")
    link = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link).url
    answer = client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert answer.status_code == 302, answer.context["form"].errors


def test_a_reset_by_mail_lets_payouts_rest_and_says_so():
    person, client = cast.hanako(), Client()
    reset(person, client)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    rest = rest_of(person.pk, clock.now())
    assert rest.why == "password"
    assert timedelta(hours=71) < rest.until - clock.now() <= timedelta(hours=72)
    run_jobs("people.send_mail", *TELLING)
    told = [message.subject for message in mail.outbox]
    assert any("出金をしばらく保留" in subject for subject in told), told
    assert any("出金" in message.body for message in mail.outbox if "パスワード" in message.subject)
    logins.log_in(client, person)
    page = text(client.get(reverse("earnings:payouts:list")))
    assert "メールでパスワードが再設定された" in page


def test_a_change_with_the_old_password_lets_nothing_rest():
    person, client = cast.hanako(), Client()
    logins.log_in(client, person)
    fields = {"oldpassword": cast.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(reverse("account_change_password"), fields).status_code == 302
    assert Event.objects.filter(kind="member.password_changed").count() == 1
    assert not Standing.objects.filter(payouts_held_until__isnull=False).exists()


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Every password that was really run through the hasher."""
    done: list[str] = []
    kind = type(hashers.get_hasher())
    honest = kind.encode

    def encode(self, password, salt, *args, **kwargs):
        done.append(password)
        return honest(self, password, salt, *args, **kwargs)

    monkeypatch.setattr(kind, "encode", encode)
    return done


def same(page: str) -> str:
    """Without what differs in every answer: the key against forgery, numbers of requests, and what was typed."""
    page = re.sub(r'(csrfmiddlewaretoken" value=|data-request=|nonce=)"[^"]*"', "", page)
    return re.sub(r"[0-9a-f]{16,}|[a-z]+@example\.jp", "", page)


def test_a_login_takes_as_much_work_and_says_the_same_for_an_address_that_nobody_has(hashed):
    person = cast.hanako()
    known, unknown = (Client().post(LOGIN, {"login": who, "password": "wrong"}) for who in (person.email, NOBODY))
    assert hashed.count("wrong") == 1 + known_checks(person), "the unknown address costs a hash as well"
    assert known.status_code == unknown.status_code == 200
    assert same(text(known)) == same(text(unknown))
    assert set(known.headers) == set(unknown.headers)


def known_checks(person: Member) -> int:
    """Checking a stored password is one run of the hasher."""
    return 1 if person.has_usable_password() else 0


def test_a_reset_says_the_same_for_an_address_that_nobody_has():
    person = cast.hanako()
    answers = [Client().post(RESET, {"email": who}, follow=True) for who in (person.email, NOBODY)]
    assert {answer.redirect_chain[-1] for answer in answers} == {(reverse("account_reset_password_done"), 302)}
    assert same(text(answers[0])) == same(text(answers[1]))
    assert run_jobs("people.send_mail") == 2, "both are mails: nobody sees which one went out"
    assert {tuple(message.to) for message in mail.outbox} == {(person.email,), (NOBODY,)}


def test_registering_takes_as_much_work_for_an_address_that_somebody_has(hashed):
    cast.hanako()
    fields = {"display_name": "はな", "password1": NEW_PASSWORD, "agreed": "on"}
    hashed.clear()
    answers = [Client().post(reverse("account_signup"), {**fields, "email": who}) for who in (cast.HANAKO, NOBODY)]
    assert hashed.count(NEW_PASSWORD) == 2
    assert {answer.url for answer in answers} == {answers[0].url}


def test_writing_to_one_inquiry_ends_at_twenty_a_day():
    from nakadachi.trust.inquiries.models import Message
    from tests import ask

    person, client = cast.hanako(), Client()
    inquiry = ask.by_member(person, at=clock.now())
    client.force_login(person)
    page = reverse("inquiries:detail", args=[inquiry.pk])
    for number in range(19):
        assert client.post(page, {"text": f"続き{number}", "request_key": str(uuid4())}).status_code == 302
    before = (Message.objects.count(), Event.objects.count())
    refused = client.post(page, {"text": "さらに続き", "request_key": str(uuid4())})
    assert refused.status_code == 429
    assert "続きは明日お送りください" in text(refused)
    assert "さらに続き" in text(refused), "what was typed is kept"
    assert (Message.objects.count(), Event.objects.count()) == before
    Message.objects.filter(inquiry=inquiry).update(at=clock.now() - timedelta(days=1, minutes=1))
    assert client.post(page, {"text": "翌日", "request_key": str(uuid4())}).status_code == 302
