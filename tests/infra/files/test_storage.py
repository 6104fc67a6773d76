"""Where the bytes lie: whole or not at all, swept when nobody refers to them, in a bucket when the operator wants."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from nakadachi.infra.clock import now
from nakadachi.infra.files.folder import DRAFT
from nakadachi.infra.files.models import StoredFile
from nakadachi.infra.files.orphans import sweep_orphans
from tests import walk

ROOT = Path(__file__).resolve().parents[3]


class Broken(ContentFile):
    """Ends in the middle."""

    def chunks(self, chunk_size=None):
        yield b"half"
        raise OSError("gone")


def test_a_file_that_broke_off_leaves_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(OSError, match="gone"):
        default_storage.save("ab/broken", Broken(b""))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_stored_bytes_are_the_owners_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("ab/kept", ContentFile(b"x"))
    assert (tmp_path / "ab" / "kept").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "ab").stat().st_mode & 0o777 == 0o700


def test_a_link_in_the_way_is_not_followed(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "kept").symlink_to(tmp_path / "elsewhere")
    name = default_storage.save("ab/kept", ContentFile(b"x"))
    assert name != "ab/kept" or not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.django_db
def test_bytes_nobody_refers_to_are_swept_after_a_day(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    walk.deliver(walk.funded(), files=[walk.upload()])
    kept = tmp_path / StoredFile.objects.get().path
    orphan, young, half = tmp_path / "zz" / "orphan", tmp_path / "zz" / "young", Path(f"{kept}{DRAFT}1")
    orphan.parent.mkdir()
    for path in (orphan, young, half):
        path.write_bytes(b"x")
    for path in (kept, orphan, half):
        os.utime(path, (then := (now() - timedelta(days=3)).timestamp(), then))
    assert sweep_orphans(at=now()) == 2
    assert (kept.exists(), orphan.exists(), young.exists(), half.exists()) == (True, False, True, False)


@pytest.mark.django_db
def test_an_empty_place_is_swept_quietly(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not there yet"
    assert sweep_orphans(at=now()) == 0


def test_a_bucket_is_private_and_hands_out_by_short_lived_addresses_with_our_headers():
    environment = os.environ | {
        "FILES_S3_BUCKET": "market-files",
        "FILES_S3_ENDPOINT": "https://objects.example",
        "FILES_S3_REGION": "tokyo",
        "FILES_S3_KEY": "key",
        "FILES_S3_SECRET": "secret",
        "FILES_S3_ADDRESSING": "path",
        "DJANGO_SETTINGS_MODULE": "nakadachi.config.settings",
    }
    script = (
        "import django; django.setup()\n"
        "from nakadachi.infra.files.actions import signed_address\n"
        "from nakadachi.infra.files.models import StoredFile\n"
        "from django.core.files.storage import default_storage as kept\n"
        "row = StoredFile(token='abcdef', content_type='image/png', name='a.png')\n"
        "print(signed_address(row, 'attachment; filename=a.png'), kept.default_acl)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    address, acl = ended.stdout.split()
    assert address.startswith("https://objects.example/market-files/ab/abcdef?")
    assert "response-content-disposition=attachment" in address
    assert "response-content-type=image%2Fpng" in address
    assert "X-Amz-Expires=60" in address
    assert "X-Amz-Signature=" in address
    assert acl == "private"
