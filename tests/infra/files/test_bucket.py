"""Files in a bucket, over the real S3 protocol: sent, fetched, looked at, swept; nothing of it without a signature."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.infra.clock import now
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.files.orphans import sweep_orphans
from nakadachi.people.models import Member
from tests import bucket as s3
from tests import cast, walk
from tests.infra.files.samples import picture
from tests.jobs import run_jobs
from tests.web.contracts.pages import at_browser, of_milestone

pytestmark = pytest.mark.django_db
TEXT = "浅煎りは酸味、深煎りは苦味。".encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[s3.Bucket]:
    with s3.running(tmp_path_factory.mktemp("s3") / "store") as bucket:
        yield bucket


@pytest.fixture(scope="module")
def storages(server: s3.Bucket) -> dict[str, object]:
    return server.storages()


@pytest.fixture
def bucket(server: s3.Bucket, storages: dict[str, object], settings, tmp_path) -> Iterator[s3.Bucket]:
    """This market as an operator's settings make it; the folder is there to show that nothing is put into it."""
    settings.MEDIA_ROOT = tmp_path / "folder"
    settings.STORAGES = storages
    settings.FILES_S3_BUCKET = s3.NAME
    yield server
    server.empty()
    assert not (tmp_path / "folder").exists()


def fetch(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """As a browser that follows an address, with no cookie of ours."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, dict(refused.headers), refused.read()


def test_a_delivery_reaches_the_other_side_and_nobody_else(bucket):
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("記事.txt", TEXT)])
    stored = StoredFile.objects.get()
    assert bucket.names() == {stored.path}
    address = f"/files/{stored.token}/記事.txt"
    answer = at_browser(cast.minato()).get(address)
    assert answer.status_code == 302
    status, headers, content = fetch(answer.url)
    assert (status, content) == (200, TEXT)
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert headers["Content-Type"].startswith("text/plain")
    assert at_browser(cast.sakura()).get(address).status_code == 404


def test_a_download_of_the_bucket_goes_on_where_it_broke_off(bucket):
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("a.txt", b"0123456789")])
    address = at_browser(cast.minato()).get(f"/files/{StoredFile.objects.get().token}/a.txt").url
    status, headers, content = fetch(address, Range="bytes=4-6")
    assert (status, content, headers["Content-Range"]) == (206, b"456", "bytes 4-6/10")


def test_without_our_signature_the_bucket_gives_nothing(bucket):
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("a.txt", TEXT), SimpleUploadedFile("b.txt", b"other")])
    one, other = StoredFile.objects.order_by("pk")
    address = at_browser(cast.minato()).get(f"/files/{one.token}/a.txt").url
    assert fetch(address)[0] == 200
    shown_in_a_page = address.replace("attachment", "inline")
    of_another = address.replace(one.path, other.path)
    lasting = address.replace("X-Amz-Expires=60", "X-Amz-Expires=600")
    for forged in (address.partition("?")[0], shown_in_a_page, of_another, lasting, f"{bucket.endpoint}/{s3.NAME}/"):
        status, _headers, content = fetch(forged)
        assert status == 403, forged
        assert TEXT not in content


def test_a_file_sent_in_pieces_arrives_whole(bucket):
    worker, one = at_browser(cast.hanako()), walk.funded()
    token = worker.post("/files/uploads/", {"name": "記事.txt", "size": len(TEXT)}).json()["token"]
    for offset, piece in ((0, TEXT[:10]), (10, TEXT[10:])):
        answer = worker.patch(
            f"/files/uploads/{token}/", piece, content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset)},
        )  # fmt: skip
        assert answer.status_code == 200
    assert bucket.names() == set()
    assert worker.post(of_milestone("delivery", one), {"note": "", "files_kept": [token]}).status_code == 302
    stored = StoredFile.objects.get()
    assert (stored.name, stored.size_bytes) == ("記事.txt", len(TEXT))
    assert fetch(at_browser(cast.minato()).get(f"/files/{stored.token}/記事.txt").url)[2] == TEXT


def test_previews_are_made_from_and_put_into_the_bucket(bucket):
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("絵.png", picture())])
    assert run_jobs("files.examine") == 1
    stored = StoredFile.objects.get()
    assert bucket.names() == {stored.path, stored.preview_path("small"), stored.preview_path("large")}
    client, address = at_browser(cast.minato()), f"/files/view/{stored.token}/small.webp"
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content[8:12]) == (200, "image/webp", b"WEBP")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert at_browser(cast.sakura()).get(address).status_code == 404


def test_a_held_file_gets_no_address(bucket, settings):
    settings.FILE_SCANNER = "false"
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("a.txt", TEXT)])
    run_jobs("files.examine")
    answer = at_browser(cast.minato()).get(f"/files/{StoredFile.objects.get().token}/a.txt")
    assert answer.status_code in (403, 409)
    assert b"X-Amz-Signature" not in answer.content


def test_what_nobody_refers_to_is_swept_from_the_bucket(bucket):
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("a.txt", TEXT)])
    default_storage.save("zz/orphan", ContentFile(b"x"))
    assert sweep_orphans(at=now()) == 0
    assert sweep_orphans(at=now() + timedelta(days=2)) == 1
    assert bucket.names() == {StoredFile.objects.get().path}


def test_an_empty_bucket_is_swept_quietly(bucket):
    assert sweep_orphans(at=now()) == 0


def test_a_name_is_never_written_twice(bucket):
    first = default_storage.save("ab/kept", ContentFile(b"first"))
    second = default_storage.save("ab/kept", ContentFile(b"second"))
    assert first != second
    with default_storage.open(first) as kept:
        assert kept.read() == b"first"


def test_an_avatar_lives_in_the_bucket_and_leaves_it(bucket, django_capture_on_commit_callbacks):
    client = at_browser(cast.hanako())
    client.post("/settings/avatar/", {"picture": SimpleUploadedFile("me.png", picture())})
    digest = Member.objects.get(pk=cast.hanako().pk).avatar
    assert bucket.names() == {f"avatars/{digest[:2]}/{digest}-{size}.webp" for size in (64, 256)}
    shown = client.get(f"/avatars/{digest}-64.webp")
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/settings/avatar/removal/")
    assert bucket.names() == set()
    assert client.get(f"/avatars/{digest}-64.webp").status_code == 404
