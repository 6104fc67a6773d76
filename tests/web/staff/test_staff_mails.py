"""Mails that did not leave: staff see why, and try again; nobody reads their text."""

import pytest
from django.core import mail
from django.urls import reverse

from nakadachi.infra.events.models import Event
from nakadachi.infra.mail import outbox, sending
from nakadachi.infra.mail.models import Mail
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.refusal import NotVisible
from tests import cast
from tests.jobs import run_jobs
from tests.walk import START

pytestmark = pytest.mark.django_db
LIST = "/staff/mails/"


@pytest.fixture
def parked() -> Mail:
    letter = outbox.Letter(key_for("x"), "account", "hanako@example.jp", "件名", "本文は秘密", "ja")
    [mail_id] = outbox.write([letter], at=START)
    Mail.objects.filter(pk=mail_id).update(next_at=None, parked_at=START, attempts=8, error="SMTPServerDisconnected")
    return Mail.objects.get(pk=mail_id)


def test_listed_counted_and_tried_again(client, parked):
    client.force_login(cast.tanaka())
    assert "送信できなかったメール:1件" in client.get("/staff/").content.decode()
    page = client.get(LIST).content.decode()
    assert "SMTPServerDisconnected" in page
    assert "本文は秘密" not in page
    client.post(reverse("staff:mails:retry"), {"mail": [parked.pk, "x", "９"]})
    sending.send(sending.due(at=Mail.objects.get().next_at), at=Mail.objects.get().next_at)
    assert [message.body for message in mail.outbox] == ["本文は秘密"]
    assert Event.objects.get(kind="mail.retry").actor_id == cast.tanaka().pk
    assert "送信できなかったメールはありません" in client.get(LIST).content.decode()
    client.post(reverse("staff:mails:retry"), {"mail": parked.pk})
    assert run_jobs("mail.send") == 1
    assert len(mail.outbox) == 1


def test_members_cannot(client, parked):
    client.force_login(cast.hanako())
    assert client.post(reverse("staff:mails:retry"), {"mail": parked.pk}).status_code == 404
    with pytest.raises(NotVisible):
        sending.retry(mail_ids=[parked.pk], by=cast.by(cast.hanako()), at=START)
    assert Mail.objects.get().parked_at == START
