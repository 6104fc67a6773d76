"""Asking for identity and phone to be confirmed: what is shown, who may read it, every refusal."""

import pytest
from django.urls import reverse

from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.standing.checking import confirm_check, refuse_check
from nakadachi.people.standing.queries import confirmed, standing_of
from nakadachi.people.verification import actions, queries
from nakadachi.people.verification.models import Evidence
from tests import cast, walk

pytestmark = pytest.mark.django_db

AT = walk.START
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def ask_identity(name: str = "山田 花子", count: int = 1, by=None) -> Evidence:
    hanako = cast.hanako()
    pictures = [walk.upload(f"{number}.png", PNG) for number in range(count)]
    return actions.ask_identity(member=hanako, name=name, pictures=pictures, by=by or cast.by(hanako), at=AT)


def ask_phone(number: str = "０９０-1234-5678") -> Evidence:
    hanako = cast.hanako()
    return actions.ask_phone(member=hanako, number=number, by=cast.by(hanako), at=AT)


def code_of(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusal.code


def test_a_document_waits_to_be_checked_and_is_seen_by_its_owner_and_staff_only(client):
    made = ask_identity()
    assert standing_of(made.member_id).identity == "asked"
    file = StoredFile.objects.get(owner_type="verification.evidence", owner_id=made.pk)
    address = reverse("files:download", args=[file.token, file.name])
    for person in (cast.hanako(), cast.tanaka()):
        assert queries.evidence_for(cast.by(person), made.pk) == made
    for person in (cast.minato(), cast.sakura()):
        client.force_login(person)
        assert client.get(address).status_code == 404
        with pytest.raises(NotVisible):
            queries.evidence_for(cast.by(person), made.pk)
    client.force_login(cast.tanaka())
    page = client.get(reverse("staff:checks:detail", args=[made.member_id, "identity"])).content.decode()
    assert "山田 花子" in page
    assert address in page


def test_a_number_is_kept_in_plain_digits():
    assert ask_phone().said == "09012345678"


@pytest.mark.parametrize("number", ["", "1234", "+1 555 0100", "090123456789", "abc"])
def test_what_is_no_number_is_refused(number):
    assert code_of(lambda: ask_phone(number)) == "check_bad_phone"
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("how", "code"),
    [({"name": " "}, "check_name_missing"), ({"count": 0}, "check_pictures"), ({"count": 4}, "check_pictures")],
)
def test_a_document_needs_a_name_and_pictures(how, code):
    assert code_of(lambda: ask_identity(**how)) == code
    assert standing_of(cast.hanako().pk).identity == "none"


def test_twice_is_refused_and_after_a_refusal_one_may_ask_again():
    ask_phone()
    assert code_of(ask_phone) == "check_already"
    staff = cast.by(cast.tanaka())
    refuse_check(member=cast.hanako(), what="phone", reason="つながりませんでした", by=staff, at=AT)
    ask_phone()
    confirm_check(member=cast.hanako(), what="phone", by=staff, at=AT)
    assert code_of(ask_phone) == "check_already"
    assert confirmed(cast.hanako()) == ["phone"]


def test_nobody_asks_for_another():
    assert code_of(lambda: ask_identity(by=cast.by(cast.ren()))) == "not_yours"


def test_the_pages_take_it_and_others_see_the_result_only(client):
    client.force_login(cast.minato())
    address = reverse("settings:verification_ask", args=["phone"])
    assert client.post(address, {"said": "12"}).status_code == 422
    assert client.post(address, {"said": "045-123-4567"}).status_code == 302
    assert "確認中" in client.get(reverse("settings:verification")).content.decode()
    confirm_check(member=cast.minato(), what="phone", by=cast.by(cast.tanaka()), at=AT)
    job = walk.open_job()
    client.logout()
    page = client.get(reverse("jobs:detail", args=[job.pk])).content.decode()
    assert "電話確認済み" in page
    assert "0451234567" not in page
