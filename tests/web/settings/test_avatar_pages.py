"""Choosing a picture, seeing it where the initial stood, and taking it away."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from nakadachi.people.models import Member
from tests import cast

pytestmark = pytest.mark.django_db


def upload(content: bytes | None = None) -> SimpleUploadedFile:
    if content is None:
        written = io.BytesIO()
        Image.new("RGB", (90, 90), "teal").save(written, "PNG")
        content = written.getvalue()
    return SimpleUploadedFile("me.png", content)


def test_from_the_initial_to_a_picture_and_back(client):
    hanako = cast.hanako()
    client.force_login(hanako)
    answer = client.post(reverse("settings:avatar"), {"picture": upload()}, follow=True)
    hanako.refresh_from_db()
    address = reverse("avatars:picture", args=[hanako.avatar, 64])
    assert address in answer.content.decode()
    client.logout()
    shown = client.get(address)
    assert shown["Content-Type"] == "image/webp"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in shown["Cache-Control"]
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"
    client.force_login(hanako)
    client.post(reverse("settings:avatar_removal"))
    assert Member.objects.get(pk=hanako.pk).avatar == ""
    assert address not in client.get(reverse("settings:profile")).content.decode()


def test_a_page_that_calls_itself_a_picture_is_refused_beside_the_field(client):
    client.force_login(cast.hanako())
    answer = client.post(reverse("settings:avatar"), {"picture": upload(b"<html><script>alert(1)</script>")})
    assert answer.status_code == 422
    assert "PNG・JPEG・WebP形式の画像を選んでください" in answer.content.decode()


@pytest.mark.parametrize("address", ["/avatars/" + "0" * 40 + "-64.webp", "/avatars/../secret-64.webp"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404
