"""The audit log: filters, before and after, the file, and that taking it is on record."""

from datetime import timedelta

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.notifications.catalogue import OF_EVENT
from nakadachi.notifications.catalogue.silent import SILENT
from nakadachi.people import actions
from nakadachi.people.standing.sanctions import suspend
from nakadachi.web.staff.audit.words import DEEDS, WHOLE
from tests import cast, earners, walk

pytestmark = pytest.mark.django_db

AT = earners.jst(2026, 11, 20)
LOG = "/staff/audit/"


@pytest.fixture
def admin(client):
    person = cast.offices()["admin"]
    client.force_login(person)
    return person


def text(answer) -> str:
    return answer.content.decode()


def found(client, **wanted) -> list[str]:
    return [line.kind for line in client.get(LOG, wanted).context["lines"]]


def test_before_and_after_are_readable(client, admin):
    member = cast.hanako()
    actions.update_profile(member=member, display_name="花", introduction="<b>", by=cast.by(member), at=AT)
    page = text(client.get(LOG))
    assert "プロフィールを変更" in page
    assert "<td>はなこ</td><td>花</td>" in page
    assert "&lt;b&gt;" in page


def test_a_move_shows_its_states(client, admin):
    walk.open_job(at=AT)
    page = client.get(LOG, {"kind": "job.open"})
    assert [(c.before, c.after) for c in page.context["lines"][0].changes] == [("draft", "open")]


def test_narrowed_by_what_who_kind_and_time(client, admin):
    member = cast.hanako()
    actions.set_language(member=member, language="en", by=cast.by(member), at=AT)
    suspend(member=member, reason="理由です", by=cast.by(admin), at=earners.jst(2026, 11, 21))
    assert found(client, subject="people.member", subject_id=member.pk) == [
        "member.suspended",
        "member.language_changed",
    ]
    assert found(client, actor_id=admin.pk) == ["member.suspended"]
    assert found(client, kind="member.lang") == ["member.language_changed"]
    assert found(client, since="2026-11-21") == ["member.suspended"]
    assert found(client, until="2026-11-20") == ["member.language_changed"]
    assert found(client, subject_id="99999999999999999999", kind="\x00") == [
        "member.suspended",
        "member.language_changed",
    ]
    assert "理由です" in text(client.get(LOG))
    assert "2026年11月21日(土) 12:00" in text(client.get(LOG, {"kind": "member.suspended"}))


def test_long_logs_are_read_page_by_page(client, admin):
    member = cast.hanako()
    for number in range(60):
        actions.set_language(member=member, language=["en", "ja"][number % 2], by=cast.by(member), at=AT)
    first = client.get(LOG)
    second = client.get(LOG, {"after": first.context["page"].next})
    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 10)


def test_the_file_holds_what_was_found_and_taking_it_is_on_record(client, admin):
    member = cast.hanako()
    actions.set_language(member=member, language="en", by=cast.by(member), at=AT)
    actions.update_profile(member=member, display_name="花", introduction="", by=cast.by(member), at=AT)
    answer = client.post(f"{LOG}export/", {"kind": "member.lang"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "language_changed" in lines[1]
    event = Event.objects.get(kind="member.exported")
    assert (event.actor_id, event.data) == (admin.pk, {"wanted": {"kind": "member.lang"}})


def test_the_sheet_of_a_member_shows_the_trail_without_contents(client):
    member = cast.hanako()
    actions.set_language(member=member, language="en", by=cast.by(member), at=AT)
    client.force_login(cast.offices()["support"])
    sheet = text(client.get(f"/staff/members/{member.pk}/"))
    assert "言語を変更" in sheet
    assert client.get(LOG).status_code == 404


@pytest.mark.parametrize("kind", sorted({*OF_EVENT, *SILENT}))
def test_every_kind_of_event_has_words(kind):
    assert kind in WHOLE or kind.partition(".")[2] in DEEDS


def test_a_reason_chosen_from_a_list_stands_in_words(client, admin):
    proposal = walk.proposal(at=AT)
    sourcing.decline(proposal=proposal, reason="schedule", by=cast.by(cast.minato()), at=AT)
    line = client.get(LOG, {"kind": "proposal.decline"}).context["lines"][0]
    assert str(line.reason) == "日程が合いませんでした"


def test_narrowed_by_time_it_is_paged_by_time(client, admin):
    """Events of one minute and events written late: each stands on one page, the newest moment first."""
    member = cast.hanako()
    early = AT - timedelta(days=2)
    for number in range(60):
        at = AT if number % 2 else early
        actions.update_profile(member=member, display_name=f"花{number}", introduction="", by=cast.by(member), at=at)
    wanted = {"kind": "member.profile_changed", "since": "2026-11-01"}
    first = client.get(LOG, wanted).context["page"]
    second = client.get(LOG, wanted | {"after": first.next}).context["page"]
    seen = [(event.at, event.pk) for event in [*first.rows, *second.rows]]
    assert (len(first.rows), len(second.rows)) == (50, 10)
    assert seen == sorted(set(seen), reverse=True)
    old = client.get(LOG, {"kind": "member.profile_changed", "until": "2026-11-18"}).context["page"]
    assert {event.at for event in old.rows} == {early}
    assert len(old.rows) == 30
