"""Files beside a request for changes: the client puts them there, both sides open them, nobody else."""

from re import search

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.infra.files.actions import store
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Delivery, Revision
from tests import cast, walk
from tests.infra.files.samples import picture
from tests.web.contracts.pages import at_browser, everything, of_contract, of_milestone

pytestmark = pytest.mark.django_db
REASON = "3枚目の色を直してください。"


def marked(name: str = "赤字.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture())


@pytest.fixture
def delivered():
    return walk.deliver(walk.funded(), files=[walk.upload("初稿.txt")])


def ask(milestone, **changes):
    form = {"reason": REASON, "files": [marked()], **changes}
    return at_browser(cast.minato()).post(of_milestone("revision", milestone), form)


def test_both_sides_see_the_reason_with_its_files(delivered):
    assert ask(delivered).status_code == 302
    stored = StoredFile.objects.get(owner_type="contracts.revision")
    assert stored.owner_id == delivered.deliveries.get().pk
    for who in (cast.hanako(), cast.minato()):
        browser = at_browser(who)
        page = browser.get(of_contract("detail", delivered.contract)).content.decode()
        assert page.index("初稿.txt") < page.rindex(REASON) < page.index("赤字.png"), "each file beside its words"
        answer = browser.get(f"/files/{stored.token}/{stored.name}")
        assert b"".join(answer.streaming_content) == picture()
        look = browser.get(f"/files/view/{stored.token}/").content.decode()
        assert of_contract("detail", delivered.contract) in look
    assert at_browser(cast.sakura()).get(f"/files/{stored.token}/{stored.name}").status_code == 404


def test_pressed_twice_the_file_is_there_once(delivered):
    first, second = ask(delivered), ask(delivered)
    assert first.status_code == second.status_code == 302
    assert StoredFile.objects.filter(owner_type="contracts.revision").count() == 1


def test_what_is_refused_changes_nothing_and_keeps_the_file(delivered):
    before = everything()
    answer = ask(delivered, reason="")
    assert answer.status_code == 422
    assert search(r'name="files_kept" value="[^"]+" checked', answer.content.decode())
    wrong = ask(delivered, files=[SimpleUploadedFile("赤字.pdf", b"<html><script>alert(1)</script>")])
    assert wrong.status_code == 422
    assert REASON in wrong.content.decode()
    assert everything() == before


def test_the_worker_and_strangers_cannot_send_it_back(delivered):
    before = everything()
    for who, status in ((cast.hanako(), 403), (cast.sakura(), 404)):
        form = {"reason": REASON, "files": [marked()]}
        assert at_browser(who).post(of_milestone("revision", delivered), form).status_code == status
    assert everything() == before


def test_a_file_of_a_request_that_was_never_made_is_nobodys(delivered):
    """Should a row ever say so, the check of permission does not open it."""
    delivery = Delivery.objects.get()
    (stored,) = store([marked()], owner=Revision(pk=delivery.pk), by=cast.by(cast.minato()), at=walk.START)
    assert at_browser(cast.minato()).get(f"/files/{stored.token}/{stored.name}").status_code == 404
