"""Papers under lock: for finance alone, one by one, for a reason that is on record before anything is shown."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from nakadachi.closing.actions import erasing
from nakadachi.closing.erasing import vault
from nakadachi.closing.models import Paper
from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.models import Member
from tests import cast, logins, walk
from tests.closing import leaver

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper() -> Paper:
    member, present = cast.hanako(), now()
    leaver.live(member, at=present)
    walk.accepted(at=present)
    erasing.erase(closing=leaver.closed(member, at=present), at=present)
    return Paper.objects.get(kind="identity")


def browser(office: str) -> Client:
    client = Client()
    logins.log_in(client, cast.offices()[office])
    return client


def reads() -> int:
    return Event.objects.filter(kind="closing.paper_read").count()


def test_finance_reads_one_with_a_reason(paper):
    page = reverse("staff:members:kept", args=[paper.closing.member_id])
    client = browser("finance")
    listed = client.get(page).content.decode()
    assert "鏑木" not in listed and "氏名(本名)と登録番号" in listed
    refused = client.post(page, {"paper": paper.pk, "reason": " "})
    assert (refused.status_code, reads(), "鏑木" in refused.content.decode()) == (422, 0, False)
    shown = client.post(page, {"paper": paper.pk, "reason": "支払調書の作成"})
    assert shown.status_code == 200 and "鏑木" in shown.content.decode()
    event = Event.objects.get(kind="closing.paper_read")
    assert (event.actor_id, event.data["reason"]) == (cast.offices()["finance"].pk, "支払調書の作成")
    assert "鏑木" not in client.get(page).content.decode()


def test_nobody_else_finds_it(paper):
    page = reverse("staff:members:kept", args=[paper.closing.member_id])
    assert browser("support").get(page).status_code == 404
    assert browser("support").post(page, {"paper": paper.pk, "reason": "x"}).status_code == 404
    with pytest.raises(NotVisible):
        vault.papers_of(cast.by(cast.offices()["support"]), paper.closing.member_id)
    with pytest.raises(Refused):
        vault.read(paper=paper, reason="気になる", by=cast.by(cast.sakura()), at=now())
    assert reads() == 0


def test_a_paper_of_somebody_else_is_not_found(paper):
    page = reverse("staff:members:kept", args=[cast.minato().pk])
    assert browser("finance").post(page, {"paper": paper.pk, "reason": "支払調書"}).status_code == 404
    assert reads() == 0


def test_the_serving_role_cannot_go_past_the_record(paper):
    """What would be possible without the wall: reading without a trace."""
    for sql in (
        "SELECT document FROM closing_paper",
        "UPDATE closing_paper SET document = '{}'",
        f"SELECT closing_read_paper({paper.pk}, 0)",
        "SELECT closing_open_walls(1)",
        f"SELECT closing_erase_events({cast.minato().pk})",
        f"SELECT closing_purge_words({paper.closing.member_id}, '2099-01-01', 'contracts_terms', 'x', 'y')",
        "UPDATE events_event SET data = '{}'",
        "UPDATE hourly_entrytrace SET memo = ''",
    ):
        with pytest.raises((DatabaseError, psycopg.Error)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL nakadachi.erasing = 'on'")
            cursor.execute(sql)
    assert reads() == 0


def test_whoever_never_moved_money_leaves_no_paper():
    member, present = cast.sakura(), now()
    leaver.live(member, at=present)
    erasing.erase(closing=leaver.closed(member, at=present), at=present)
    assert not Paper.objects.exists()
    assert Member.objects.get(pk=member.pk).legal_name == ""
