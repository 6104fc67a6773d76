"""The receipt: what it says, that it verifies, and that a changed byte does not."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import reverse

from nakadachi.closing import actions as closing
from nakadachi.closing import queries
from nakadachi.closing.models import Closing, ReceiptKey
from nakadachi.closing.receipt import keys, papers
from nakadachi.closing.receipt.codes import closing_of_code, code_of
from nakadachi.infra import timers
from nakadachi.infra.files.models import StoredFile
from tests import cast, walk
from tests.cast import by
from tests.closing.test_leaving import AT, leave
from tests.infra.files.corpus import CORPUS

pytestmark = pytest.mark.django_db


def erased(*, remainder: bool = False) -> Closing:
    """Somebody whose data is erased; with ¥835 left behind if wished."""
    member = walk.accepted((1_000,)).contract.worker if remainder else cast.sakura()
    made = leave(member, leaves_remainder=remainder)
    assert made.status == "closed"
    timers.play(until=AT + timedelta(days=8))
    return Closing.objects.get(pk=made.pk)


def test_it_says_when_what_and_until_when_and_nothing_of_the_person():
    made = erased(remainder=True)
    document = json.loads(papers.json_of(made))["receipt"]
    assert (document["closing"], document["member"], document["version"]) == (made.pk, made.member_id, 1)
    assert document["paid"] == {"transferred_yen": 0, "transfers": 0, "balance_yen": 0}
    assert document["remainder"] == {"amount_yen": 835, "code": code_of(made)}
    assert {row["what"] for row in document["erased"]} >= {"account"}
    assert all(row["law"] and row["until_on"] > "2026" for row in document["kept"])
    assert "はなこ" not in papers.json_of(made).decode()


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_every_file_verifies_and_is_the_same_each_time(kind):
    made = erased()
    make = papers.json_of if kind == "json" else papers.pdf_of
    content = make(made)
    assert content == make(made)
    verdict = papers.verdict_on(content)
    assert (verdict.is_good, verdict.key_id) == (True, ReceiptKey.objects.get().key_id)


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_a_changed_byte_does_not_verify(kind):
    """Each byte of the JSON; of the long PDF some hundred, and all of its signature."""
    content = (papers.json_of if kind == "json" else papers.pdf_of)(erased())
    places = (
        range(len(content))
        if kind == "json"
        else [*range(0, len(content), 97), *range(len(content) - 200, len(content))]
    )
    for place in places:
        changed = bytes([*content[:place], content[place] ^ 1, *content[place + 1 :]])
        assert not papers.verdict_on(changed).is_good, place
    for other in (content + b" ", content[:-1], b" " + content, b"", b"%PDF-1.7", b"{}", b"[]", b"\xff"):
        assert not papers.verdict_on(other).is_good


def test_old_receipts_stay_good_when_the_secret_key_is_changed():
    made = erased(remainder=True)
    old, code = papers.json_of(made), code_of(made)
    with override_settings(SECRET_KEY="another" * 8, SECRET_KEY_FALLBACKS=[]):
        assert papers.verdict_on(old).is_good
        assert closing_of_code(code) is None
        keys.remember(at=AT)
        assert papers.verdict_on(papers.json_of(made)).is_good
    assert ReceiptKey.objects.count() == 2
    with override_settings(SECRET_KEY="another" * 8, SECRET_KEY_FALLBACKS=[_key()]):
        assert closing_of_code(code) == made


def _key() -> str:
    from django.conf import settings

    return settings._wrapped.default_settings.SECRET_KEY if hasattr(settings._wrapped, "default_settings") else ""


def test_a_signature_of_somebody_else_is_none_of_ours():
    content = papers.json_of(erased())
    ReceiptKey.objects.all().delete()
    assert not papers.verdict_on(content).is_good


def test_the_command_answers_by_its_exit_code(tmp_path, capsys):
    file = tmp_path / "receipt.json"
    file.write_bytes(papers.json_of(erased()))
    call_command("receipt", "verify", str(file))
    assert "genuine" in capsys.readouterr().out
    file.write_bytes(file.read_bytes().replace(b"closing", b"closinG", 1))
    for path in (file, tmp_path / "nothing.pdf"):
        with pytest.raises(CommandError):
            call_command("receipt", "verify", str(path))


def test_it_is_fetched_by_the_link_once_the_data_is_erased(client):
    made = leave(cast.sakura())
    token = queries.token_of(made)
    addresses = [reverse(f"leaving:receipt_{kind}", args=[token]) for kind in ("pdf", "json")]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    timers.play(until=AT + timedelta(days=8))
    for address in addresses:
        answer = client.get(address)
        assert papers.verdict_on(answer.content).is_good
        assert "attachment" in answer["Content-Disposition"]
    page = client.get(reverse("leaving:afterwards", args=[token])).content.decode()
    assert all(address in page for address in addresses)


def test_the_public_page_tells_genuine_from_changed_and_wants_a_file(client):
    content, address = papers.pdf_of(erased()), reverse("leaving:verify")
    assert ReceiptKey.objects.get().public_key in client.get(address).content.decode()
    genuine = client.post(address, {"file": SimpleUploadedFile("r.pdf", content)})
    assert "正しい退会証明書です" in genuine.content.decode()
    changed = client.post(address, {"file": SimpleUploadedFile("r.pdf", content[:-2] + b"0\n")})
    assert "正しい退会証明書ではありません" in changed.content.decode()
    large = client.post(address, {"file": SimpleUploadedFile("r.pdf", b"x" * (papers.FILE_BYTES_MAX + 1))})
    assert (large.status_code, client.post(address).status_code) == (422, 422)


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda one: one.name[:30])
def test_hostile_files_are_no_receipts_and_nothing_of_them_stays(hostile, client):
    answer = client.post(reverse("leaving:verify"), {"file": SimpleUploadedFile("r.pdf", hostile.content)})
    assert answer.status_code in {200, 422}
    assert "正しい退会証明書です" not in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_the_page_asks_for_the_token_of_its_form():
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(reverse("leaving:verify"), {}).status_code == 403


def test_nobody_left_behind_anything_is_nothing_to_claim():
    made = erased()
    assert made.remainder_yen == 0
    assert json.loads(papers.json_of(made))["receipt"]["remainder"] is None
    assert by(made.member).id == made.member_id
    assert closing.look(closing=made, at=AT + timedelta(days=9)).status == "erased"
