"""A stored file is fetched by those who may see its owner, as a harmless download, and by nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nakadachi.infra.files.actions import store
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Contract
from tests import cast, walk
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db


def delivered_file(name: str = "初稿 (3).txt", content: bytes = b"text") -> StoredFile:
    walk.deliver(walk.funded(), files=[SimpleUploadedFile(name, content)])
    return StoredFile.objects.get()


def address_of(stored: StoredFile) -> str:
    return f"/files/{stored.token}/{stored.name}"


def fetched(member, address: str):
    """The answer, read to its end so that the file is closed."""
    answer = at_browser(member).get(address)
    if answer.status_code == 200:
        answer.body = b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize("who", [cast.hanako, cast.minato, cast.tanaka])
def test_both_sides_and_staff_fetch_it(who):
    stored = delivered_file()
    answer = fetched(who(), address_of(stored))
    assert answer.status_code == 200
    assert answer.body == b"text"


def test_the_headers_leave_nothing_to_a_browser():
    stored = delivered_file(content=b"<html><script>alert(1)</script>")
    answer = fetched(cast.minato(), address_of(stored))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%88%9D%E7%A8%BF%20%283%29.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Length"] == "31"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_name_cannot_break_out_of_its_header():
    milestone = walk.delivered()
    delivery = milestone.deliveries.get()
    upload = SimpleUploadedFile("x", b"text")
    upload._name = 'a";\r\nSet-Cookie: x=1; b=".txt'
    (stored,) = store([upload], owner=delivery, by=cast.by(cast.hanako()), at=walk.START)
    answer = fetched(cast.hanako(), f"/files/{stored.token}/anything")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_stranger_finds_nothing():
    stored = delivered_file()
    stranger = at_browser(cast.sakura())
    nothing = stranger.get("/files/no-such-token/x.txt")
    answer = stranger.get(address_of(stored))
    assert answer.status_code == nothing.status_code == 404
    assert text_of(answer) == text_of(nothing)


def test_nobody_is_sent_to_the_login():
    answer = Client().get(address_of(delivered_file()))
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=")


def test_a_withdrawn_delivery_is_the_workers_alone():
    stored = delivered_file()
    milestone = walk.milestone(Contract.objects.get())
    at_browser(cast.hanako()).post(f"/contracts/{milestone.contract_id}/milestones/{milestone.pk}/delivery/withdrawal/")
    assert fetched(cast.hanako(), address_of(stored)).status_code == 200
    assert fetched(cast.minato(), address_of(stored)).status_code == 404


def test_a_file_without_a_known_owner_is_not_handed_out():
    stored = delivered_file()
    StoredFile.objects.filter(pk=stored.pk).update(owner_type="people.member")
    assert fetched(cast.hanako(), address_of(stored)).status_code == 404


def test_only_reading():
    stored = delivered_file()
    assert at_browser(cast.hanako()).post(address_of(stored)).status_code == 405


def test_a_token_that_no_file_can_have_is_not_found():
    assert at_browser(cast.minato()).get("/files/%00x/y").status_code == 404
