"""Previews and the virus check: made elsewhere, under limits, done once, held when there is no answer."""

import io
import sys
import tempfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.infra.files import examining
from nakadachi.infra.files.actions import store
from nakadachi.infra.files.background import sweep
from nakadachi.infra.files.models import StoredFile
from tests import cast, walk
from tests.infra.files.samples import picture, report
from tests.jobs import run_jobs
from tests.web.contracts.pages import at_browser

pytestmark = pytest.mark.django_db


def stored(content: bytes, name: str = "絵.png") -> StoredFile:
    delivery = walk.delivered().deliveries.get()
    (row,) = store([SimpleUploadedFile(name, content)], owner=delivery, by=cast.by(cast.hanako()), at=walk.START)
    return row


def examined(content: bytes, name: str = "絵.png") -> StoredFile:
    row = stored(content, name)
    assert run_jobs("files.examine") >= 1
    row.refresh_from_db()
    return row


def opened(row: StoredFile, size: str) -> Image.Image:
    with default_storage.open(row.preview_path(size), "rb") as kept:
        return Image.open(io.BytesIO(kept.read()))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (picture(size=(2000, 1000)), "絵.png"),
        (picture("JPEG"), "絵.jpg"),
        (picture("GIF"), "絵.gif"),
        (report(), "a.pdf"),
    ],
)
def test_pictures_and_pdf_get_two_previews(content, name):
    row = examined(content, name)
    assert row.preview == StoredFile.Preview.READY
    assert max(opened(row, "small").size) <= 160
    assert max(opened(row, "large").size) <= 1280


def test_nothing_but_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "SECRET CAMERA", {1: "N", 2: (35.0, 39.0, 29.0)}
    row = examined(picture("JPEG", (300, 200), exif=exif), "旅.jpg")
    with default_storage.open(row.preview_path("large"), "rb") as kept:
        content = kept.read()
    assert b"SECRET" not in content
    assert b"EXIF" not in content
    assert not opened(row, "large").getexif()


def test_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    row = examined(picture("JPEG", (300, 200), exif=exif), "横.jpg")
    assert opened(row, "large").size == (200, 300)


@pytest.mark.parametrize(("content", "name"), [(picture()[:50], "絵.png"), (b"%PDF-1.7 broken", "a.pdf")])
def test_what_cannot_be_read_has_no_preview_and_can_still_be_fetched(content, name):
    row = examined(content, name)
    assert row.preview == StoredFile.Preview.FAILED
    worker = at_browser(cast.hanako())
    assert fetched(row) == content
    assert worker.get(f"/files/view/{row.token}/small.webp").status_code == 404
    assert "プレビューを作れませんでした" in worker.get(f"/files/view/{row.token}/").content.decode()


def test_a_child_that_takes_too_long_or_too_much_is_ended(tmp_path, monkeypatch):
    confined = f"import sys; sys.path.insert(0, {str(examining.CHILD.parent)!r}); import child; child.confine()\n"
    for line in ("while True: pass", "b'x' * (600 * 1024**2)", "open('written', 'w').write('x' * 10)"):
        script = tmp_path / "child.py"
        script.write_text(confined + line + "\nsys.stdout.buffer.write(b'\\0\\0\\0\\x0cRIFFxxxxWEBP' * 2)")
        monkeypatch.setattr(examining, "CHILD", script)
        monkeypatch.setattr(examining, "CHILD_SECONDS_MAX", 3)
        with tempfile.TemporaryFile() as content:
            assert examining.pictures_of(content) is None


def test_twice_is_once():
    row = examined(picture())
    examining.examine(row, at=now())
    row.preview = StoredFile.Preview.WAITING
    examining.examine(row, at=now())
    assert default_storage.exists(row.preview_path("small"))


def fetched(row: StoredFile) -> bytes:
    answer = at_browser(cast.hanako()).get(f"/files/{row.token}/x")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def scanner(code: str) -> str:
    return f'{sys.executable} -c "import sys; data = sys.stdin.buffer.read(); {code}"'


def test_an_infected_file_is_stopped(settings):
    settings.FILE_SCANNER = scanner("sys.exit(b'EICAR' in data)")
    bad, good = examined(b"...EICAR...", "a.txt"), examined(b"fine", "b.txt")
    worker = at_browser(cast.hanako())
    assert (bad.scan, good.scan) == ("bad", "clean")
    answer = worker.get(f"/files/{bad.token}/x")
    assert answer.status_code == 403
    assert "ウイルスチェックで問題が見つかった" in answer.content.decode()
    assert fetched(good) == b"fine"
    assert Event.objects.filter(kind="file.stopped", subject_id=bad.pk).count() == 1


def test_without_an_answer_a_file_is_held_and_asked_again(settings):
    settings.FILE_SCANNER = "/no/such/scanner"
    row = stored(picture())
    with pytest.raises(examining.ScannerDown):
        run_jobs("files.examine")
    answer = at_browser(cast.minato()).get(f"/files/{row.token}/x")
    assert answer.status_code == 409
    assert "ウイルスチェック中です" in answer.content.decode()
    settings.FILE_SCANNER = scanner("sys.exit(0)")
    sweep(timestamp=0)
    run_jobs("files.examine")
    row.refresh_from_db()
    assert (row.scan, row.preview) == ("clean", "ready")


def test_a_scanner_that_fails_lets_nothing_pass(settings):
    settings.FILE_SCANNER = scanner("sys.exit(2)")
    stored(b"text", "a.txt")
    with pytest.raises(examining.ScannerDown):
        run_jobs("files.examine")
