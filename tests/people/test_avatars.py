"""Avatars: two small squares of our own making; hostile and broken files are refused and change nothing."""

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from nakadachi.infra.clock import now
from nakadachi.infra.files.orphans import sweep_orphans
from nakadachi.infra.images import BadImage, squares
from nakadachi.kernel.refusal import Refused
from nakadachi.people import avatars
from nakadachi.people.models import Member
from tests import cast, walk

pytestmark = pytest.mark.django_db


def picture(size=(400, 300), kind="PNG", color="red", **how) -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", size, color).save(written, kind, **how)
    written.seek(0)
    return written


def decoded(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def set_avatar(member: Member, upload: io.BytesIO | None = None) -> Member:
    return avatars.set_avatar(member=member, picture=upload or picture(), by=cast.by(member), at=walk.START)


def huge_png(side: int = 30_000) -> io.BytesIO:
    """A few hundred bytes that ask for 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b""))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_it_becomes_squares_of_webp(kind):
    made = squares(picture(kind=kind), (64, 256))
    assert {size: (decoded(piece).size, decoded(piece).format) for size, piece in made.items()} == {
        64: ((64, 64), "WEBP"),
        256: ((256, 256), "WEBP"),
    }


def test_place_and_camera_are_gone_and_the_picture_stands_upright():
    photo = Image.new("RGB", (400, 200), "red")
    photo.paste("blue", (0, 0, 200, 200))
    exif = photo.getexif()
    exif[0x0112] = 6  # turned by 90°: the left half of the sensor is the top
    exif.get_ifd(0x8825)[2] = (35.0, 41.0, 0.0)
    exif[0x010F] = "SECRETCAMERA"
    written = io.BytesIO()
    photo.save(written, "JPEG", exif=exif, quality=95)
    assert b"SECRETCAMERA" in written.getvalue()
    made = decoded(squares(written, (64,))[64])
    assert not made.getexif()
    assert "exif" not in made.info
    top, bottom = made.getpixel((32, 2)), made.getpixel((32, 61))
    assert top[2] > 200 > top[0]
    assert bottom[0] > 200 > bottom[2]


def test_a_transparent_picture_stands_on_white():
    clear = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(clear, "PNG")
    assert decoded(squares(clear, (64,))[64]).getpixel((32, 32)) == (255, 255, 255)


def animated() -> io.BytesIO:
    written = io.BytesIO()
    frames = [Image.new("RGB", (50, 50), color) for color in ("red", "blue")]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    return written


HOSTILE = {
    "svg": (
        lambda: io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        "wrong_kind",
    ),
    "html": (lambda: io.BytesIO(b"<html><script>alert(1)</script>"), "wrong_kind"),
    "html behind a png head": (lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"), "unreadable"),
    "truncated": (lambda: io.BytesIO(picture(kind="PNG").getvalue()[:200]), "unreadable"),
    "huge dimensions": (huge_png, "unreadable"),
    "animated gif": (animated, "wrong_kind"),
    "empty": (lambda: io.BytesIO(b""), "wrong_kind"),
    "too large": (lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 5 * 1024**2), "too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_of_ours_is_refused_and_changes_nothing(name):
    make, code = HOSTILE[name]
    with pytest.raises(BadImage) as bad:
        squares(make(), (64,))
    assert bad.value.code == code
    hanako = cast.hanako()
    with pytest.raises(Refused) as refused:
        set_avatar(hanako, make())
    assert (refused.value.refusal.code, refused.value.refusal.field) == (f"avatar_{code}", "picture")
    assert Member.objects.get(pk=hanako.pk).avatar == ""


def test_another_picture_has_another_address_and_the_old_bytes_go(django_capture_on_commit_callbacks):
    hanako = cast.hanako()
    first = set_avatar(hanako).avatar
    assert set_avatar(hanako).avatar == first
    with django_capture_on_commit_callbacks(execute=True):
        second = set_avatar(hanako, picture(color="green")).avatar
    assert second != first
    assert not default_storage.exists(avatars.path_of(first, 64))
    with django_capture_on_commit_callbacks(execute=True):
        avatars.remove_avatar(member=hanako, by=cast.by(hanako), at=walk.START)
    assert Member.objects.get(pk=hanako.pk).avatar == ""
    assert not default_storage.exists(avatars.path_of(second, 256))


def test_two_members_with_the_same_picture_do_not_share_it():
    assert set_avatar(cast.hanako()).avatar != set_avatar(cast.ren()).avatar


def test_nobody_changes_the_picture_of_another():
    with pytest.raises(Refused):
        avatars.remove_avatar(member=cast.hanako(), by=cast.by(cast.ren()), at=walk.START)
    with pytest.raises(Refused):
        avatars.set_avatar(member=cast.hanako(), picture=picture(), by=cast.by(cast.ren()), at=walk.START)


def test_pictures_of_members_are_no_orphans():
    kept = set_avatar(cast.hanako()).avatar
    sweep_orphans(at=now().replace(year=now().year + 1))
    assert default_storage.exists(avatars.path_of(kept, 64))
