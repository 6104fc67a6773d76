"""A large download goes on where it broke off: ranges of bytes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nakadachi.infra.files.models import StoredFile
from nakadachi.web.pages.files.handing import span
from tests import cast, walk
from tests.infra.files.samples import picture
from tests.jobs import run_jobs
from tests.web.contracts.pages import at_browser


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", None),
        ("bytes=0-4", range(5)),
        ("bytes=5-", range(5, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-30", range(10)),
        ("bytes=3-99", range(3, 10)),
        ("bytes=10-", range(0)),
        ("bytes=-0", range(0)),
        ("bytes=5-2", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_one_range_is_understood(asked, given):
    assert span(asked, 10) == given


@pytest.mark.django_db
def test_a_download_goes_on():
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("a.txt", b"0123456789")])
    client, address = at_browser(cast.minato()), f"/files/{StoredFile.objects.get().token}/a.txt"
    part = client.get(address, headers={"Range": "bytes=4-"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == b"456789"
    assert (part["Content-Range"], part["Content-Length"]) == ("bytes 4-9/10", "6")
    assert part["Content-Disposition"].startswith("attachment")
    assert part["X-Content-Type-Options"] == "nosniff"
    changed = client.get(address, headers={"Range": "bytes=4-", "If-Range": '"other"'})
    assert (changed.status_code, b"".join(changed.streaming_content)) == (200, b"0123456789")
    beyond = client.get(address, headers={"Range": "bytes=10-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */10")
    assert at_browser(cast.sakura()).get(address, headers={"Range": "bytes=4-"}).status_code == 404


@pytest.mark.django_db
def test_a_preview_is_ours_and_asked_for_again_each_time():
    walk.deliver(walk.funded(), files=[SimpleUploadedFile("絵.png", picture())])
    run_jobs("files.examine")
    client, token = at_browser(cast.minato()), StoredFile.objects.get().token
    answer = client.get(f"/files/view/{token}/large.webp")
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = client.get(f"/files/view/{token}/large.webp", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get(f"/files/view/{token}/huge.webp").status_code == 404
    assert at_browser(cast.sakura()).get(f"/files/view/{token}/large.webp").status_code == 404
    assert "絵.png" in client.get(f"/files/view/{token}/").content.decode()
