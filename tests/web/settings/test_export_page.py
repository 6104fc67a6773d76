"""「データをダウンロード」: asked for with a fresh proof, watched, fetched by its member alone."""

import hashlib
import time
import zipfile
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from allauth.account.internal.flows import login
from django.urls import reverse

from nakadachi.closing.export import actions, policy
from nakadachi.closing.export.models import Export
from nakadachi.infra.clock import now
from nakadachi.people.access.sudo import FRESH
from tests import cast, logins
from tests.closing.export.opening import asked, ready
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

HOME, ASK = reverse("export:home"), reverse("export:ask")


@pytest.fixture
def sakura(client):
    client.headers = {"accept-language": "ja"}
    logins.log_in(client, cast.sakura())
    return client


def text(answer) -> str:
    return answer.content.decode()


def grow_stale(client) -> None:
    """The proof of the session was given eleven minutes ago."""
    session = client.session
    at = time.time() - FRESH.total_seconds() - 60
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": at}]
    session.save()


def test_it_is_in_the_settings(sakura):
    page = text(sakura.get(reverse("settings:home")))
    assert f'href="{HOME}"' in page
    assert page.index(HOME) < page.rindex(reverse("leaving:overview"))
    assert f'href="{HOME}" aria-current="page"' in text(sakura.get(HOME))


def test_from_the_button_to_the_bytes(sakura):
    assert "ファイルを作成する" in text(sakura.get(HOME))
    assert sakura.post(ASK, {"request_key": uuid4()}).url == HOME
    page = text(sakura.get(HOME))
    assert "まもなく作成が始まります" in page
    assert f'hx-get="{HOME}"' in page
    assert ASK not in page
    run_jobs(actions.BUILD)
    page = text(sakura.get(HOME))
    export = Export.objects.select_related("file").get()
    assert "ファイルができました" in page
    assert export.sha256 in page
    assert "hx-trigger" not in page.partition('id="export"')[2].partition("</div>")[0]
    answer = sakura.get(reverse("export:download", args=[export.pk]))
    content = b"".join(answer)
    assert hashlib.sha256(content).hexdigest() == export.sha256
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    assert "profile.json" in zipfile.ZipFile(BytesIO(content)).namelist()


def test_how_far_it_is(sakura):
    export = actions.begin(export_id=asked(cast.sakura(), now()).pk, at=now())
    actions.count(export=export, done=37, total=100)
    page = text(sakura.get(HOME))
    assert 'value="37"' in page
    assert "37%" in page
    assert "ファイルを作成しています" in page


def test_a_part_of_the_bytes(sakura):
    export = ready(cast.sakura(), now())
    answer = sakura.get(reverse("export:download", args=[export.pk]), headers={"Range": "bytes=0-3"})
    assert (answer.status_code, b"".join(answer)) == (206, b"PK\x03\x04")


def test_without_a_fresh_proof_it_is_asked_first(sakura):
    """As for a bank account: the button leads to the password, and from there does what was pressed."""
    grow_stale(sakura)
    answer = sakura.post(ASK, {"request_key": uuid4()})
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert Export.objects.count() == 0
    sakura.post(answer.url, {"password": "wrong"})
    assert Export.objects.count() == 0
    assert sakura.post(answer.url, {"password": cast.PASSWORD}).url == HOME
    assert Export.objects.get().member == cast.sakura()


def test_without_a_fresh_proof_nothing_is_fetched(sakura):
    address = reverse("export:download", args=[ready(cast.sakura(), now()).pk])
    grow_stale(sakura)
    answer = sakura.get(address)
    assert (answer.status_code, answer.url.startswith("/accounts/reauthenticate/")) == (302, True)
    assert sakura.post(answer.url, {"password": cast.PASSWORD}).url == address
    assert b"".join(sakura.get(address)).startswith(b"PK")


@pytest.mark.parametrize("who", [cast.ren, cast.tanaka])
def test_nobody_elses(client, who):
    export = ready(cast.sakura(), now())
    logins.log_in(client, who())
    assert client.get(reverse("export:download", args=[export.pk])).status_code == 404
    assert export.sha256 not in text(client.get(HOME))


def test_a_visitor_logs_in_first(client):
    export = ready(cast.sakura(), now())
    for address in (HOME, ASK, reverse("export:download", args=[export.pk])):
        assert "/accounts/login/" in client.get(address).url


def test_a_few_a_day_says_from_when(sakura):
    for hour in range(policy.PER_DAY):
        ready(cast.sakura(), now() - timedelta(hours=5 - hour))
    answer = sakura.post(ASK, {"request_key": uuid4()})
    assert answer.status_code == 429
    assert "24時間に作成できるのは3回までです。" in text(answer)
    assert Export.objects.count() == policy.PER_DAY
    assert "ファイルができました" in text(answer)


def test_the_same_form_twice_and_two_tabs(sakura):
    key = uuid4()
    for request_key in (key, key, uuid4(), "nonsense", ""):
        assert sakura.post(ASK, {"request_key": request_key}).url == HOME
    assert Export.objects.count() == 1


def test_failed_says_what_to_do(sakura):
    actions.give_up(export_id=asked(cast.sakura(), now()).pk, at=now())
    page = text(sakura.get(HOME))
    assert "ファイルを作成できませんでした" in page
    assert reverse("inquiries:new") in page
    assert f'action="{ASK}"' in page


def test_removed_says_so(sakura):
    export = ready(cast.sakura(), now() - policy.LIVES)
    address = reverse("export:download", args=[export.pk])
    assert b"".join(sakura.get(address)).startswith(b"PK")
    actions.expire(export_id=export.pk, at=now())
    page = text(sakura.get(HOME))
    assert "前回のファイルは削除されました" in page
    assert f'action="{ASK}"' in page
    assert sakura.get(address).status_code == 404


def test_looked_at_the_button_does_nothing(sakura):
    assert sakura.get(ASK).url == HOME
    assert Export.objects.count() == 0
