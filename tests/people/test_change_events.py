"""Each change of a member leaves exactly one event, with before and after; changing nothing leaves none."""

import pytest
from django.db import ProgrammingError, connection, transaction

from nakadachi.infra.events.models import Event
from nakadachi.people import actions
from tests import cast, earners

pytestmark = pytest.mark.django_db

AT = earners.jst(2026, 11, 20)
LEGAL = {"legal_form": "individual", "family_name": "山田", "given_name": "花子", "family_kana": "ヤマダ"}
CHANGES = [
    (
        actions.update_profile,
        {"display_name": "花", "introduction": ""},
        "member.profile_changed",
        {"display_name": ["はなこ", "花"]},
    ),
    (
        actions.update_legal_name,
        {**LEGAL, "given_kana": "はな"},
        "member.legal_name_changed",
        {"given_kana": ["ハナコ", "ハナ"]},
    ),
    (
        actions.set_payout_mode,
        {"mode": "on_request"},
        "member.payout_mode_changed",
        {"payout_mode": ["auto", "on_request"]},
    ),
    (actions.set_language, {"language": "en"}, "member.language_changed", {"language": ["ja", "en"]}),
]


@pytest.mark.parametrize(("change", "fields", "kind", "changes"), CHANGES)
def test_one_event_with_before_and_after(change, fields, kind, changes):
    member = cast.hanako()
    change(member=member, **fields, by=cast.by(member), at=AT)
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.actor_id) == (kind, member.pk, member.pk)
    assert event.data["changes"] == changes
    change(member=member, **fields, by=cast.by(member), at=AT)
    assert Event.objects.count() == 1


def test_a_bank_account_is_told_apart_and_stays_hidden():
    member = cast.hanako()
    earners.with_account(member, number="1112345")
    earners.with_account(member, number="7654321")
    first, second = Event.objects.filter(kind="bankaccount.registered").order_by("id")
    assert first.data["changes"]["number"] == [None, "****345"]
    assert second.data["changes"] == {"number": ["****345", "****321"]}
    assert "7654321" not in str(second.data)


@pytest.mark.parametrize("sql", ["UPDATE events_event SET kind = 'x'", "DELETE FROM events_event"])
def test_the_log_cannot_be_changed_by_the_role_that_serves(sql):
    member = cast.hanako()
    actions.set_language(member=member, language="en", by=cast.by(member), at=AT)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.get().kind == "member.language_changed"
