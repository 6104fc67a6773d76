"""Files beside a proposal: kept through the last look, seen by both sides and nobody else, added by a change."""

from re import findall, search
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile, Upload
from nakadachi.market.sourcing import queries
from nakadachi.market.sourcing.models import Proposal
from tests import cast, walk
from tests.infra.files.samples import picture
from tests.web.contracts.pages import at_browser
from tests.web.proposals.test_sending import typed

pytestmark = pytest.mark.django_db


def sample(name: str = "見本.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture())


@pytest.fixture
def job(db):
    return walk.open_job(at=now())


@pytest.fixture
def hanako(db) -> Client:
    return at_browser(cast.hanako())


def hidden_in(page: str) -> dict[str, str]:
    found = dict(findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def proposed(hanako: Client, job, *names: str) -> Proposal:
    form = typed(send="1", files=[sample(name) for name in names])
    assert hanako.post(f"/jobs/{job.pk}/proposals/new/", form).status_code == 302
    return Proposal.objects.get()


def test_a_file_stays_through_the_last_look_a_correction_and_the_sending(hanako, job):
    address = f"/jobs/{job.pk}/proposals/new/"
    looked = hanako.post(address, typed(check="1", files=[sample()])).content.decode()
    assert "見本.png" in looked
    assert not StoredFile.objects.exists(), "looking over stores nothing"
    corrected = hanako.post(address, {**hidden_in(looked), "edit": "1"}).content.decode()
    assert search(r'name="files_kept" value="[^"]+" checked', corrected), "it need not be chosen again"
    again = hanako.post(address, {**hidden_in(looked), "check": "1"}).content.decode()
    assert hanako.post(address, {**hidden_in(again), "send": "1"}).status_code == 302
    stored = StoredFile.objects.get()
    assert (stored.owner_type, stored.owner_id, stored.name) == (
        "sourcing.proposal",
        Proposal.objects.get().pk,
        "見本.png",
    )
    assert not Upload.objects.exists()


@pytest.mark.parametrize("button", ["load", "keep"])
def test_the_buttons_of_templates_lose_no_file(hanako, job, button):
    template = walk.sourcing.keep_template(
        member=cast.hanako(), name="記事", introduction="型", track_record="", by=cast.by(cast.hanako()), at=now()
    )
    form = typed(**{button: "1"}, template=template.pk, template_name="二つ目", files=[sample()])
    page = hanako.post(f"/jobs/{job.pk}/proposals/new/", form).content.decode()
    assert search(r'name="files_kept" value="[^"]+" checked', page)


def test_sent_twice_the_file_is_there_once(hanako, job):
    form = typed(send="1")
    first, second = (hanako.post(f"/jobs/{job.pk}/proposals/new/", {**form, "files": [sample()]}) for _ in range(2))
    assert first.url == second.url
    assert StoredFile.objects.count() == 1


def test_both_sides_and_staff_open_it_and_nobody_else(hanako, job):
    proposal = proposed(hanako, job, "見本.png")
    stored = StoredFile.objects.get()
    address = f"/files/{stored.token}/{stored.name}"
    for member in (cast.hanako(), cast.minato()):
        browser = at_browser(member)
        assert "見本.png" in browser.get(f"/proposals/{proposal.pk}/").content.decode()
        answer = browser.get(address)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == picture()
        look = browser.get(f"/files/view/{stored.token}/").content.decode()
        assert f"/proposals/{proposal.pk}/" in look, "the way back leads to the proposal"
    stranger = at_browser(cast.sakura())
    nothing = stranger.get("/files/no-such-token/x.png")
    assert stranger.get(address).status_code == nothing.status_code == 404
    assert Client().get(address).status_code == 302


def test_what_is_refused_stores_nothing_and_keeps_the_file(hanako, job):
    form = typed(send="1", approach="", files=[sample()])
    answer = hanako.post(f"/jobs/{job.pk}/proposals/new/", form)
    assert answer.status_code == 422
    assert search(r'name="files_kept" value="[^"]+" checked', answer.content.decode())
    assert not StoredFile.objects.exists()
    wrong = typed(send="1", files=[SimpleUploadedFile("見本.png", b"<svg onload=alert(1)>")])
    answer = hanako.post(f"/jobs/{job.pk}/proposals/new/", wrong)
    assert answer.status_code == 422
    assert "形式" in answer.content.decode()
    assert not Proposal.objects.exists()


def revision_of(proposal: Proposal, **changes) -> dict:
    form = {name: getattr(proposal, name) for name in ("introduction", "track_record", "approach", "amount_yen")}
    return {**form, "deliver_on": proposal.deliver_on.isoformat(), "request_key": str(uuid4()), **changes}


def test_a_change_adds_files_as_a_new_version_once(hanako):
    proposal = walk.proposal(walk.open_job(at=now()), at=now())
    address = f"/proposals/{proposal.pk}/change/"
    form = revision_of(proposal)
    first, second = (hanako.post(address, {**form, "files": [sample("追加.png")]}) for _ in range(2))
    assert first.status_code == second.status_code == 302
    proposal.refresh_from_db()
    assert proposal.version == 2
    event = Event.objects.get(kind="proposal.revise")
    assert event.data["files_added"] == 1
    assert "追加" not in str(event.data)
    assert [stored.name for stored in queries.files_of(proposal)] == ["追加.png"]
    third = hanako.post(address, {**revision_of(proposal), "files": [sample("さらに.png")]})
    assert third.status_code == 302
    assert len(queries.files_of(proposal)) == 2, "earlier ones stay"
    assert "追加.png" in hanako.get(address).content.decode()
    nothing = hanako.post(address, revision_of(proposal))
    assert nothing.status_code == 302
    proposal.refresh_from_db()
    assert proposal.version == 3


def test_another_cannot_add_files(hanako):
    proposal = walk.proposal(walk.open_job(at=now()), at=now())
    for who in (cast.minato(), cast.sakura()):
        form = {**revision_of(proposal), "files": [sample()]}
        assert at_browser(who).post(f"/proposals/{proposal.pk}/change/", form).status_code == 404
    assert not StoredFile.objects.exists()
