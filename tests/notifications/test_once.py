"""One notice and one mail for each event and member: done twice, at once, and by a server that fails in between."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from nakadachi.infra.events.models import Event
from nakadachi.infra.mail import outbox, sending
from nakadachi.infra.mail.models import Mail
from nakadachi.notifications import actions, mailing, preferences
from nakadachi.notifications.models import Notice
from nakadachi.people.standing.models import Standing
from tests import cast, walk
from tests.jobs import TELLING, run_jobs
from tests.together import at_once
from tests.walk import START


def event_of(kind: str) -> int:
    return Event.objects.filter(kind=kind).latest("pk").pk


@pytest.mark.django_db
def test_twice_is_once() -> None:
    walk.proposal()
    for _again in range(2):
        actions.spread(event_id=event_of("proposal.send"))
        key = Notice.objects.get().key
        mailing.write_mails(key=key, at=START)
        sending.send(list(Mail.objects.values_list("pk", flat=True)), at=START)
    assert (Notice.objects.count(), Mail.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_two_workers_at_once_are_once(committed_db, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    walk.proposal()
    event_id = event_of("proposal.send")
    assert sorted(at_once(*[lambda: actions.spread(event_id=event_id)] * 4)) == [0, 0, 0, 1]
    key = Notice.objects.get().key
    at_once(*[lambda: mailing.write_mails(key=key, at=START)] * 4)
    ids = list(Mail.objects.values_list("pk", flat=True))
    assert sorted(at_once(*[lambda: sending.send(ids, at=START)] * 4)) == [0, 0, 0, 1]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_mail_carries_what_mail_programs_need_and_nothing_that_was_typed_into_a_header() -> None:
    job = walk.open_job(title="記事\r\nBcc: all@example.jp")
    walk.proposal(job)
    run_jobs(*TELLING)
    message = mail.outbox[0].message()
    notice = Mail.objects.get()
    assert message["Message-ID"] == f"<{notice.key}@localhost>"
    assert message["Date"].endswith("+0900")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Bcc"] is None
    assert "text/html" in [part.get_content_type() for part in message.walk()]
    assert (notice.text, notice.sent_at is not None) == ("", True)


class Broken(EmailBackend):
    """A server that takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody there")


@pytest.mark.django_db
def test_a_server_that_fails_is_asked_again_later_and_in_the_end_staff(settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    [mail_id] = outbox.write([letter()], at=START)
    assert sending.send([mail_id], at=START) == 0
    assert sending.due(at=START + timedelta(minutes=1)) == []
    at = START
    for _attempt in range(sending.ATTEMPTS_MAX - 1):
        at += timedelta(days=1)
        assert sending.due(at=at) == [mail_id]
        sending.send([mail_id], at=at)
    assert sending.due(at=at + timedelta(days=9)) == []
    assert [row.error for row in sending.parked_page().rows] == ["ConnectionRefusedError: nobody there"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    staff = cast.by(cast.tanaka())
    assert sending.retry(mail_ids=[mail_id], by=staff, at=at) == 1
    assert sending.retry(mail_ids=[mail_id], by=staff, at=at) == 0
    assert sending.send([mail_id], at=at) == 1
    assert [message.body for message in mail.outbox] == ["本文"]


def letter() -> outbox.Letter:
    return outbox.Letter(uuid4(), "account", "hanako@example.jp", "件名", "本文", "ja")


@pytest.mark.django_db
def test_what_a_member_chose_is_respected_and_what_must_be_told_is_told() -> None:
    minato, hanako = cast.minato(), cast.hanako()
    for member in (minato, hanako):
        preferences.decide(member_id=member.pk, site=[], mail=[], by=cast.by(member))
    walk.accepted()
    run_jobs(*TELLING)
    kinds = {(notice.kind, notice.on_site, notice.by_mail) for notice in Notice.objects.all()}
    assert kinds == {
        ("contract.offer", True, True),
        ("contract.confirm", True, False),
        ("milestone.fund.worker", True, True),
        ("milestone.deliver", True, True),
        ("milestone.accept.worker", True, True),
    }


@pytest.mark.django_db
def test_nothing_goes_to_a_closed_account_and_no_mail_about_new_work_to_a_suspended_one() -> None:
    minato, job = cast.minato(), walk.open_job()
    walk.proposal(job)
    Standing.objects.update_or_create(member=minato, defaults={"suspended_at": START})
    run_jobs(*TELLING)
    assert Notice.objects.get().by_mail is False
    Standing.objects.filter(member=minato).update(suspended_at=None)
    walk.proposal(job, worker=cast.ren())
    minato.is_active = False
    minato.save()
    run_jobs(*TELLING)
    assert Notice.objects.count() == 1
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_mail_already_written_does_not_follow_into_a_closed_account() -> None:
    walk.proposal()
    actions.spread(event_id=event_of("proposal.send"))
    cast.minato().__class__.objects.filter(email=cast.MINATO).update(is_active=False)
    mailing.write_mails(key=Notice.objects.get().key, at=START)
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_only_addresses_of_this_market_become_links_in_a_mail() -> None:
    walk.proposal(walk.open_job(title="見て http://localhost:8000.evil.example/ https://evil.example/ <b>"))
    run_jobs(*TELLING)
    html = mail.outbox[0].alternatives[0][0]
    links = re.findall(r'href="([^"]*)"', html)
    assert all(re.match(r"http://localhost:8000(/|$)", link) for link in links)
    assert "evil.example" in html
    assert "<b>" not in html
