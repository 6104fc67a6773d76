"""Files of a plain form: limits hold while the bytes come in, and what was typed is kept."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nakadachi.infra.files.models import StoredFile
from tests import cast, walk
from tests.web.contracts.pages import at_browser, of_milestone

KB = 1024
pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch) -> list[int]:
    """How many bytes of files were written to the disk, one figure per piece."""
    pieces: list[int] = []
    write = tempfile._TemporaryFileWrapper
    original = write.__getattr__

    def spy(self, name):
        found = original(self, name)
        if name != "write":
            return found
        return lambda data: (pieces.append(len(data)), found(data))[1]

    monkeypatch.setattr(write, "__getattr__", spy)
    return pieces


def test_a_file_is_no_longer_written_once_it_is_too_large(settings, written):
    settings.FILE_BYTES_MAX = 100 * KB
    settings.FILES_FORM_BYTES_MAX = 8 * 1024 * KB
    form = {"note": "残る文", "files": [SimpleUploadedFile("大.bin", b"x" * 3 * 1024 * KB)]}
    answer = at_browser(cast.hanako()).post(of_milestone("delivery", walk.funded()), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "「大.bin」は" in page
    assert "残る文" in page
    assert 0 < sum(written) <= 100 * KB


def test_the_good_ones_of_a_mixed_lot_are_kept(settings):
    settings.FILE_BYTES_MAX = 100 * KB
    files = [walk.upload("良い.txt"), SimpleUploadedFile("大.bin", b"x" * 200 * KB)]
    page = at_browser(cast.hanako()).post(of_milestone("delivery", walk.funded()), {"note": "", "files": files})
    assert page.status_code == 422
    assert "良い.txt" in page.content.decode()
    assert page.content.decode().count('name="files_kept" value=') == 1


def test_a_form_too_large_as_a_whole_is_read_up_to_its_first_file(settings, written):
    settings.FILES_FORM_BYTES_MAX = 1024 * KB
    form = {"note": "残る文", "files": [SimpleUploadedFile(f"{n}.bin", b"x" * 3 * 1024 * KB) for n in range(2)]}
    answer = at_browser(cast.hanako()).post(of_milestone("delivery", walk.funded()), form)
    assert answer.status_code == 422
    assert "ファイルの合計が1MBを超えています" in answer.content.decode()
    assert "残る文" in answer.content.decode()
    assert not written


def test_nobodys_files_are_not_read(written):
    address = of_milestone("delivery", walk.funded())
    careful = Client(enforce_csrf_checks=True)
    careful.get("/accounts/login/")
    secret = careful.cookies["csrftoken"].value
    form = {"csrfmiddlewaretoken": secret, "note": "x", "files": [walk.upload()]}
    answer = careful.post(address, form)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    assert not written


def test_beyond_the_number_nothing_is_written(settings, written):
    settings.FILES_PER_OBJECT_MAX = 2
    files = [SimpleUploadedFile(f"{n}.txt", b"y" * 10) for n in range(5)]
    answer = at_browser(cast.hanako()).post(of_milestone("delivery", walk.funded()), {"note": "", "files": files})
    assert answer.status_code == 422
    assert "2個まで" in answer.content.decode()
    assert sum(written) == 20


def test_no_temporary_file_stays(settings, tmp_path: Path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    at_browser(cast.hanako()).post(of_milestone("delivery", walk.funded()), {"note": "原稿", "files": [walk.upload()]})
    assert StoredFile.objects.count() == 1
    assert not list(tmp_path.iterdir())
