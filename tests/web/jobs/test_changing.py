"""Changing what is published, closing it, taking that back, and opening it again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.jobs import queries
from nakadachi.market.jobs.models import Job, JobVersion
from tests import cast, walk
from tests.market.state import fingerprint
from tests.web.jobs.test_posting import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def minato(client):
    client.force_login(cast.minato())
    return client


@pytest.fixture
def job(db) -> Job:
    return walk.open_job(at=now())


@pytest.mark.parametrize("is_draft", [True, False])
def test_files_sent_twice_with_a_change_are_stored_once(minato, is_draft):
    job = walk.draft_job(at=now()) if is_draft else walk.open_job(at=now())
    for _time in range(2):
        paper = SimpleUploadedFile("見本.txt", "深煎り".encode())
        assert minato.post(f"/jobs/{job.pk}/edit/", typed(files=paper)).status_code == 302
    assert [stored.name for stored in queries.files_of(job)] == ["見本.txt"]
    job.refresh_from_db()
    assert job.version == (1 if is_draft else 2)
    others = [SimpleUploadedFile("見本.txt", "浅煎り".encode()), SimpleUploadedFile("別名.txt", "深煎り".encode())]
    minato.post(f"/jobs/{job.pk}/edit/", typed(files=others))
    assert len(queries.files_of(job)) == 3, "another text or another name is another file"


def test_an_open_job_is_changed_and_its_old_text_stays(minato, client, job):
    walk.proposal(job, at=now())
    page = minato.get(f"/jobs/{job.pk}/edit/").content.decode()
    assert "提案中の1人に変更点をお知らせし" in page
    assert minato.post(f"/jobs/{job.pk}/edit/", typed(title="深煎りの記事", hires_max="1")).url == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert (job.title, job.version) == ("深煎りの記事", 2)
    event = Event.objects.get(kind="job.edit")
    assert event.data["changes"]["title"] == ["珈琲豆の選び方の記事", "深煎りの記事"]
    assert "豆の選び方" not in str(event.data["changes"]["description"]), "long texts stay in their version"
    client.logout()
    old = client.get(f"/jobs/{job.pk}/versions/1/").content.decode()
    assert "珈琲豆の選び方の記事" in old
    assert "これは以前の依頼内容です" in old
    new = client.get(f"/jobs/{job.pk}/versions/2/").content.decode()
    assert "<del>" in new
    assert "深煎りの記事</ins>" in new
    assert f"/jobs/{job.pk}/versions/2/" in client.get(f"/jobs/{job.pk}/").content.decode()
    for number in (0, 3, 99):
        assert client.get(f"/jobs/{job.pk}/versions/{number}/").status_code == 404


def test_the_same_again_makes_no_version(minato, job):
    form = typed(title="深煎りの記事")
    for _ in range(2):
        assert minato.post(f"/jobs/{job.pk}/edit/", form).status_code == 302
    assert JobVersion.objects.count() == 1
    assert Event.objects.filter(kind="job.edit").count() == 1


def test_places_that_are_taken_cannot_be_taken_away(minato):
    job = walk.open_job(hires_max=3, at=now())
    for worker in (cast.hanako(), cast.ren()):
        walk.offered(job=job, worker=worker, at=now())
    before = fingerprint()
    answer = minato.post(f"/jobs/{job.pk}/edit/", typed(hires_max="1"))
    assert answer.status_code == 422
    assert "2人以上で入力してください" in answer.content.decode()
    assert fingerprint() == before
    assert "残り1人" in minato.get(f"/jobs/{job.pk}/").content.decode()
    assert minato.post(f"/jobs/{job.pk}/edit/", typed(hires_max="2")).status_code == 302
    assert "募集枠は埋まりました" in minato.get(f"/jobs/{job.pk}/").content.decode()


def test_a_closed_job_is_not_changed(minato):
    job = walk.closed_job(at=now())
    assert minato.get(f"/jobs/{job.pk}/edit/").url == f"/jobs/{job.pk}/"
    before = fingerprint()
    assert minato.post(f"/jobs/{job.pk}/edit/", typed()).status_code == 409
    assert fingerprint() == before


def test_closed_with_a_reason_and_taken_back(minato, client, job):
    page = minato.get(f"/jobs/{job.pk}/closing/").content.decode()
    assert "募集を終了しますか" in page
    assert minato.post(f"/jobs/{job.pk}/closing/", {"reason": "人数が集まりました"}).url == f"/jobs/{job.pk}/"
    page = minato.get(f"/jobs/{job.pk}/").content.decode()
    assert "元に戻す" in page
    assert "人数が集まりました" in page
    assert minato.post(f"/jobs/{job.pk}/closing/").status_code == 409, "a second time says that it is closed"
    assert minato.post(f"/jobs/{job.pk}/closing/undo/").url == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert (job.status, job.close_reason, job.version) == ("open", "", 1)
    minato.post(f"/jobs/{job.pk}/closing/undo/")
    assert Event.objects.filter(kind="job.reopen").count() == 1


def test_everybody_reads_the_reason(minato, client, job):
    minato.post(f"/jobs/{job.pk}/closing/", {"reason": "人数が集まりました"})
    client.logout()
    assert "クライアントより:人数が集まりました" in client.get(f"/jobs/{job.pk}/").content.decode()


def test_opened_again_after_its_time(minato):
    job = walk.closed_job(at=now() - timedelta(days=40))
    page = minato.get(f"/jobs/{job.pk}/").content.decode()
    assert f"/jobs/{job.pk}/reopening/" in page
    assert "元に戻す" not in page, "that is for the first minutes"
    address = f"/jobs/{job.pk}/reopening/"
    assert "残り1人" in minato.get(address).content.decode()
    today = jst_date(now())
    late = minato.post(address, {"closes_on": (today - timedelta(days=1)).isoformat()})
    assert late.status_code == 422
    assert (today - timedelta(days=1)).isoformat() in late.content.decode()
    assert minato.post(address, {"closes_on": (today + timedelta(days=9)).isoformat()}).url == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert (job.status, job.closes_on, job.version) == ("open", today + timedelta(days=9), 2)
    assert minato.post(address, {"closes_on": (today + timedelta(days=9)).isoformat()}).status_code == 409


def test_a_full_job_is_not_opened_again(minato):
    contract = walk.agreed(at=now())
    address = f"/jobs/{contract.job_id}/reopening/"
    assert "募集枠(1人)がすべて埋まっているため" in minato.get(address).content.decode()
    before = fingerprint()
    closes_on = (jst_date(now()) + timedelta(days=9)).isoformat()
    assert minato.post(address, {"closes_on": closes_on}).status_code == 409
    assert fingerprint() == before


@pytest.mark.parametrize("place", ["edit/", "closing/", "closing/undo/", "reopening/"])
def test_nobody_else_gets_there(client, job, place):
    client.force_login(cast.sakura())
    before = fingerprint()
    assert client.post(f"/jobs/{job.pk}/{place}", typed(title="のっとり")).status_code == 404
    assert fingerprint() == before
