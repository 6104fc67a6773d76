"""Identity and phone: asked for, confirmed or refused by the operator, one event each."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.people.standing.checking import WHAT, ask_check, confirm_check, refuse_check
from nakadachi.people.standing.queries import standing_of, waiting_for_check
from tests import cast, earners

pytestmark = pytest.mark.django_db

AT = earners.jst(2026, 11, 20)


def support() -> Actor:
    return Actor.staff(cast.offices()["support"].pk)


def refused(call, **words) -> str:
    before = Event.objects.count()
    with pytest.raises(Refused) as caught:
        call(**words, at=AT)
    assert Event.objects.count() == before
    return caught.value.refusal.code


@pytest.mark.parametrize("what", WHAT)
def test_refused_asked_again_and_confirmed(what):
    member = cast.hanako()
    for _again in range(2):
        ask_check(member=member, what=what, by=cast.by(member), at=AT)
    assert [standing.member for standing in waiting_for_check(what)] == [member]
    refuse_check(member=member, what=what, reason="文字が読み取れません。", by=support(), at=AT)
    assert getattr(standing_of(member.pk), what) == "refused"
    ask_check(member=member, what=what, by=cast.by(member), at=AT)
    confirm_check(member=member, what=what, by=support(), at=AT)
    ask_check(member=member, what=what, by=cast.by(member), at=AT)
    standing = standing_of(member.pk)
    assert (getattr(standing, what), getattr(standing, f"{what}_at")) == ("confirmed", AT)
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == [f"member.check_{verb}" for verb in ("asked", "refused", "asked", "confirmed")]
    assert refused(confirm_check, member=member, what=what, by=support()) == "nothing_to_check"


def test_who_may_not():
    member, office = cast.hanako(), cast.offices()["support"]
    ask_check(member=member, what="phone", by=cast.by(member), at=AT)
    words = {"member": member, "what": "phone"}
    assert refused(confirm_check, by=cast.by(member), **words) == "staff_only"
    assert refused(confirm_check, by=Actor.staff(cast.offices()["finance"].pk), **words) == "staff_only"
    assert refused(refuse_check, by=support(), reason=" ", **words) == "reason_missing"
    assert refused(ask_check, member=member, what="identity", by=support()) == "not_yours"
    ask_check(member=office, what="phone", by=Actor.member(office.pk), at=AT)
    assert refused(confirm_check, member=office, what="phone", by=support()) == "own_account"


def test_the_queue_and_the_verdict_by_the_pages(client):
    member = cast.hanako()
    ask_check(member=member, what="identity", by=cast.by(member), at=AT)
    client.force_login(cast.offices()["support"])
    assert "本人確認の申請が1件" in client.get("/staff/").content.decode()
    assert "はなこ" in client.get("/staff/checks/").content.decode()
    page = f"/staff/checks/{member.pk}/identity/"
    assert client.post(page, {"verdict": "refuse", "reason": ""}).status_code == 422
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"verdict": "confirm"}).url == "/staff/checks/"
    assert standing_of(member.pk).identity == "confirmed"
    assert client.post(page, {"verdict": "confirm"}).status_code == 409
    assert client.get(f"/staff/checks/{member.pk}/password/").status_code == 404
