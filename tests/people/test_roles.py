"""Roles given in the console: by administrators, with a reason, never so that nobody is left."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.people.models import Member
from nakadachi.people.roles.actions import give_role
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.roles.queries import role_of
from tests import cast, earners
from tests.cast import by
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db
AT = earners.jst(2026, 11, 20)
SUPPORT, ADMIN = StaffRole.Role.SUPPORT, StaffRole.Role.ADMIN


def give(member: Member, role: StaffRole.Role | None, who: Actor, reason: str = "担当替え") -> Member:
    return give_role(member=member, role=role, reason=reason, by=who, at=AT)


def test_given_changed_and_taken_with_a_reason_on_record() -> None:
    admin, person = by(cast.offices()["admin"]), cast.sakura()
    assert give(person, SUPPORT, admin).is_operator
    give(person, StaffRole.Role.FINANCE, admin)
    assert role_of(person.pk) == "finance"
    assert not give(person, None, admin).is_operator
    events = Event.objects.filter(subject_id=person.pk, kind__contains="operator").order_by("id")
    assert [event.data["changes"]["role"] for event in events] == [
        [None, "support"],
        ["support", "finance"],
        ["finance", None],
    ]
    assert {event.data["reason"] for event in events} == {"担当替え"}


@pytest.mark.parametrize(
    ("who", "whom", "role", "reason", "code"),
    [
        ("support", "finance", None, "x", "staff_only"),
        ("finance", "support", ADMIN, "x", "staff_only"),
        ("admin", "admin", None, "x", "own_role"),
        ("admin", "support", ADMIN, " ", "reason_missing"),
        ("admin", "support", ADMIN, "長" * 201, "reason_too_long"),
        ("admin", "support", SUPPORT, "x", "same_role"),
    ],
)
def test_refused_and_nothing_changed(who, whom, role, reason, code) -> None:
    offices = cast.offices()
    with pytest.raises(Refused) as refused:
        give(offices[whom], role, by(offices[who]), reason)
    assert (refused.value.refusal.code, role_of(offices[whom].pk)) == (code, whom)
    assert not Event.objects.filter(kind__contains="operator").exists()


def test_members_give_no_roles() -> None:
    with pytest.raises(Refused) as refused:
        give(cast.sakura(), ADMIN, Actor.member(cast.sakura().pk))
    assert refused.value.refusal.status == 404


def test_on_the_pages() -> None:
    admin = at_browser(cast.offices()["admin"])
    page = text_of(admin.get("/staff/crew/"))
    assert "経理" in page and "二段階認証あり" in page
    assert "会員が見つかりません" in text_of(
        admin.post("/staff/crew/new/", {"email": "nobody@example.jp", "role": "support", "reason": "増員"})
    )
    person = cast.sakura()
    added = admin.post(
        "/staff/crew/new/", {"email": person.email.upper(), "role": "support", "reason": "増員"}, follow=True
    )
    assert "さくら" in text_of(added)
    assert "二段階認証なし" in text_of(added)
    one = f"/staff/crew/{person.pk}/"
    kept = admin.post(one, {"role": "finance", "reason": ""})
    assert kept.status_code == 422
    assert admin.post(one, {"role": "none", "reason": "異動"}).status_code == 302
    assert admin.get(one).status_code == 404
    assert "ほかの管理者に依頼" in text_of(admin.get(f"/staff/crew/{cast.offices()['admin'].pk}/"))
