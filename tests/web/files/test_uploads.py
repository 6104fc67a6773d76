"""Files that arrive before their form: in pieces, resumed, taken once, by their sender only."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from nakadachi.infra.clock import now
from nakadachi.infra.files import parts, uploads
from nakadachi.infra.files.actions import store
from nakadachi.infra.files.incoming import Kept
from nakadachi.infra.files.models import StoredFile, Upload
from nakadachi.infra.files.room import used_bytes
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts.models import Delivery
from tests import cast, walk
from tests.infra.files.samples import picture
from tests.together import at_once
from tests.web.contracts.pages import at_browser, of_milestone

HOME = "/files/uploads/"


@pytest.fixture
def hanako(db) -> Client:
    return at_browser(cast.hanako())


def announced(client: Client, name: str = "原稿.txt", size: int = 10) -> str:
    answer = client.post(HOME, {"name": name, "size": size})
    assert answer.status_code == 201, answer.content
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == ("0", str(size))
    return answer.json()["token"]


def sent(client: Client, token: str, content: bytes, offset: object):
    return client.patch(f"{HOME}{token}/", content, "application/octet-stream", headers={"Upload-Offset": str(offset)})


def whole(client: Client, content: bytes = b"0123456789", name: str = "原稿.txt") -> str:
    token = announced(client, name, len(content))
    assert sent(client, token, content, 0).status_code == 200
    return token


def test_pieces_add_up_and_the_form_takes_the_file(hanako):
    milestone = walk.funded()
    token = announced(hanako)
    assert sent(hanako, token, b"01234", 0)["Upload-Offset"] == "5"
    assert hanako.head(f"{HOME}{token}/")["Upload-Offset"] == "5"
    assert sent(hanako, token, b"56789", 5)["Upload-Offset"] == "10"
    hanako.post(of_milestone("delivery", milestone), {"note": "", "files_kept": [token]})
    stored = StoredFile.objects.get(owner_type="contracts.delivery")
    assert stored.name == "原稿.txt"
    assert b"".join(hanako.get(f"/files/{stored.token}/x").streaming_content) == b"0123456789"
    assert not Upload.objects.exists()


@pytest.mark.parametrize("offset", [0, 3, 6, 10, "", "-1", "x", "9" * 30])
def test_any_other_offset_is_a_conflict_that_tells_the_right_one(hanako, offset):
    token = announced(hanako)
    sent(hanako, token, b"01234", 0)
    answer = sent(hanako, token, b"zzzzz", offset)
    assert (answer.status_code, answer["Upload-Offset"]) == (409, "5")
    assert parts.path_of(token).read_bytes() == b"01234"


def test_more_than_announced_leaves_what_was_there(hanako):
    token = announced(hanako)
    sent(hanako, token, b"01234", 0)
    answer = sent(hanako, token, b"5" * 200_000, 5)
    assert (answer.status_code, answer["Upload-Offset"]) == (413, "5")


def test_a_program_that_calls_itself_a_picture_is_stopped_at_its_first_piece(hanako):
    token = announced(hanako, "絵.png", 5000)
    answer = sent(hanako, token, b"MZ\x90" + b"x" * 97, 0)
    assert answer.status_code == 422
    assert "「絵.png」の中身はプログラムです" in answer.json()["sentence"]
    assert hanako.head(f"{HOME}{token}/").status_code == 404
    assert not parts.path_of(token).exists()


@pytest.mark.parametrize(
    ("size", "sentence"), [(0, "空のファイル"), ("", "空のファイル"), ("-5", "空のファイル"), (2000, "を超えています")]
)
def test_sizes_are_refused_before_a_byte_comes(hanako, settings, size, sentence):
    settings.FILE_BYTES_MAX = 1024
    answer = hanako.post(HOME, {"name": "a.txt", "size": size})
    assert answer.status_code == 422
    assert sentence in answer.json()["sentence"]
    assert not Upload.objects.exists()


def test_a_member_has_so_much_room(hanako, settings):
    settings.FILES_MEMBER_BYTES_MAX = 25
    whole(hanako)
    announced(hanako)
    assert used_bytes(cast.hanako().pk) == 20
    answer = hanako.post(HOME, {"name": "三つ目.txt", "size": 10})
    assert answer.status_code == 422
    assert "空きがありません" in answer.json()["sentence"]
    assert at_browser(cast.minato()).post(HOME, {"name": "a.txt", "size": 10}).status_code == 201


def test_room_counts_also_what_comes_with_a_form(hanako, settings):
    settings.FILES_MEMBER_BYTES_MAX = 5
    answer = hanako.post(of_milestone("delivery", walk.funded()), {"note": "原稿", "files": [walk.upload()]})
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_too_many_at_once(hanako, monkeypatch):
    monkeypatch.setattr(uploads, "OPEN_MAX", 2)
    announced(hanako)
    announced(hanako)
    assert hanako.post(HOME, {"name": "a.txt", "size": 10}).status_code == 429


def test_anothers_upload_does_not_exist(hanako):
    token = whole(hanako)
    other = at_browser(cast.sakura())
    assert other.head(f"{HOME}{token}/").status_code == 404
    assert sent(other, token, b"x", 10).status_code == 404
    assert other.delete(f"{HOME}{token}/").status_code == 404
    assert Client().head(f"{HOME}{token}/").status_code == 302
    delivery = walk.delivered().deliveries.get()
    with pytest.raises(Refused, match="upload_gone"), transaction.atomic():
        store([Kept(token)], owner=delivery, by=cast.by(cast.sakura()), at=walk.START)
    assert hanako.head(f"{HOME}{token}/").status_code == 200


def test_pieces_need_the_forms_secret(db):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast.hanako())
    assert careful.post(HOME, {"name": "a.txt", "size": 10}).status_code == 403


def test_an_unfinished_file_is_not_taken(hanako):
    token = announced(hanako)
    sent(hanako, token, b"01234", 0)
    answer = hanako.post(of_milestone("delivery", walk.funded()), {"note": "原稿", "files_kept": [token]})
    assert answer.status_code == 422
    assert "「原稿.txt」のアップロードが終わっていません" in answer.content.decode()
    assert not Delivery.objects.exists()
    assert Upload.objects.exists()


@pytest.mark.parametrize("token", ["\0", "a\0b", "", "x" * 5_000])
def test_a_token_that_no_upload_can_have_is_passed_over(hanako, token):
    milestone = walk.funded()
    answer = hanako.post(of_milestone("delivery", milestone), {"note": "", "files_kept": [token]})
    assert answer.status_code == 422
    assert not Delivery.objects.exists()


def test_a_file_is_taken_once_and_the_same_form_twice_is_once(hanako):
    milestone = walk.funded()
    token = whole(hanako)
    form = {"note": "", "files_kept": [token], "request_key": "0d0e7b7e-9b5f-4f0d-8f5d-3a5b5ce9a111"}
    for _ in range(2):
        assert hanako.post(of_milestone("delivery", milestone), form).status_code == 302
    assert StoredFile.objects.count() == Delivery.objects.count() == 1
    again = hanako.post(of_milestone("delivery", walk.funded()), {"note": "", "files_kept": [token]})
    assert again.status_code == 422


def test_two_forms_at_the_same_moment_take_it_once(committed_db):
    worker = cast.hanako()
    deliveries = [walk.delivered().deliveries.get() for _ in range(2)]
    upload = uploads.begin(name="a.txt", size_bytes=3, by=cast.by(worker), at=walk.START)
    parts.path_of(upload.token).parent.mkdir(parents=True, exist_ok=True)
    parts.path_of(upload.token).write_bytes(b"abc")

    def take(delivery: Delivery) -> str:
        from django.db import transaction

        with transaction.atomic():
            return store([Kept(upload.token)], owner=delivery, by=cast.by(worker), at=walk.START)[0].name

    answers = at_once(*(lambda delivery=delivery: take(delivery) for delivery in deliveries))
    assert sorted(answers) == ["a.txt", "upload_gone"]


def test_nothing_has_to_be_chosen_again_after_a_mistake(hanako):
    milestone = walk.funded()
    address = of_milestone("delivery", milestone)
    first = whole(hanako)
    too_long = {"note": "長" * 30_000, "files_kept": [first], "files": [walk.upload("表.csv", b"a,b")]}
    page = hanako.post(address, too_long).content.decode()
    tokens = re.findall(r'name="files_kept" value="([^"]+)"', page)
    assert tokens[0] == first
    assert len(tokens) == 2
    assert "表.csv" in page
    hanako.post(address, {"note": "", "files_kept": tokens})
    assert sorted(StoredFile.objects.values_list("name", flat=True)) == ["原稿.txt", "表.csv"]


def test_what_nobody_takes_is_forgotten_after_a_day(hanako):
    old = Upload.objects.get(token=whole(hanako))
    young = Upload.objects.get(token=whole(hanako))
    Upload.objects.filter(pk=old.pk).update(started_at=now() - timedelta(hours=25))
    assert uploads.sweep(at=now()) == 1
    assert not parts.path_of(old.token).exists()
    assert parts.length(young.token) == 10


def test_removing_one(hanako):
    token = whole(hanako)
    assert hanako.delete(f"{HOME}{token}/").status_code == 204
    assert hanako.delete(f"{HOME}{token}/").status_code == 404
    assert not parts.path_of(token).exists()


def test_a_picture_by_pieces_gets_a_preview(hanako):
    milestone = walk.funded()
    token = whole(hanako, picture(), "絵.png")
    hanako.post(of_milestone("delivery", milestone), {"note": "", "files_kept": [token]})
    assert StoredFile.objects.get().preview == StoredFile.Preview.WAITING
