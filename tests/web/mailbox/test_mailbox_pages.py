"""The demo's mailbox: mails are shown as text, links can be followed, and nothing else can be opened."""

import pytest
from django.core.mail import EmailMessage

from nakadachi.infra.mail.mailbox import FileMailbox
from nakadachi.web.pages.mailbox.reading import newest, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    settings.DEMO = True


def send(subject="確認のお願い", body="本文 http://localhost:8000/x/ <b>太字</b>", to="hanako@example.jp"):
    FileMailbox().send_messages([EmailMessage(subject, body, "a@example.jp", [to])])
    return newest()[0]


def test_empty_then_one_mail(client):
    assert "メールはまだありません" in client.get("/_mail/").content.decode()
    mail = send()
    assert "確認のお願い" in client.get("/_mail/").content.decode()
    page = client.get(f"/_mail/{mail.name}/").content.decode()
    assert '<a href="http://localhost:8000/x/"' in page
    assert "&lt;b&gt;太字&lt;/b&gt;" in page


def test_newest_first_and_by_address():
    send("一通目", to="a@example.jp")
    send("二通目", to="b@example.jp")
    assert [mail.subject for mail in newest()] == ["二通目", "一通目"]
    assert [mail.subject for mail in newest("A@example")] == ["一通目"]


@pytest.mark.parametrize("name", ["../secret_key", "x.eml", "20260101-000000-000000-deadbeef.eml", ".eml"])
def test_only_our_own_files_are_opened(client, name):
    assert read(name) is None
    assert client.get(f"/_mail/{name}/").status_code == 404


def test_outside_the_demo_there_is_no_mailbox(client, settings):
    mail = send()
    settings.DEMO = False
    assert client.get("/_mail/").status_code == 404
    assert client.get(f"/_mail/{mail.name}/").status_code == 404
