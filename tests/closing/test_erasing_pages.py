"""What others see of somebody who left: nothing but 「退会したメンバー」, on every page and in both languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from nakadachi.closing.actions import erasing
from nakadachi.infra import erased
from nakadachi.infra.clock import now
from nakadachi.people import veil
from nakadachi.people.models import Member
from tests import cast, database, logins
from tests.closing import leaver
from tests.every_page import world as worlds
from tests.every_page.fixtures import QUICK_HASHERS
from tests.every_page.table import ROWS

AGREED = {"contracts:terms", "contracts:terms_pdf", "contracts:terms_change"}
"""The agreed documents keep the name as it was agreed; so does everything that is opened from them."""
STAFF_SEARCH = ("staff:members:", "staff:audit", "staff:inquiries:detail")
"""Masked addresses, and the one to which an open question is answered."""
PUBLIC = {"jobs:detail": 410, "jobs:version": 410, "tasks:detail": 410}
BEGINNING = {"messages:about": 409}
"""Nothing new can be begun with somebody who has left; the page says so."""
NAMES = {"worker": ("はなこ", "hanako@example.jp"), "client": ("湊商店", "minato@example.jp")}
WORDS = {"ja": "退会したメンバー", "en": "Member who left"}


@dataclass
class Left:
    """One side has left; `statuses` is what the other side's pages answered before."""

    world: worlds.World
    role: str
    other: str
    picture: str
    statuses: dict[str, int]
    closing: object

    @property
    def member(self) -> Member:
        return self.world.people[self.role]


def browser(member: Member, language: str) -> Client:
    client = Client(headers={"accept-language": language})
    client.cookies["django_language"] = language
    logins.log_in(client, member)
    return client


def pages(world: worlds.World, member: Member, language: str) -> Iterator[tuple[str, int, bytes]]:
    client = browser(member, language)
    for name, row in ROWS.items():
        if row.answer == 405 or name in {"account_logout"}:
            continue
        answer = client.get(reverse(name, kwargs=row.arguments(world)))
        yield name, answer.status_code, b"".join(answer) if answer.streaming else answer.content


@pytest.fixture(scope="module", params=["worker", "client"])
def left(request, django_db_blocker) -> Iterator[Left]:
    name = f"left_{request.param}_{database.WORKER}"
    database.new_database(name)
    quick = override_settings(PASSWORD_HASHERS=QUICK_HASHERS)
    with django_db_blocker.unblock(), database.connected_to(name), quick:
        world = worlds.build()
        other = {"worker": "client", "client": "worker"}[request.param]
        member = world.people[request.param]
        leaver.live(member, at=now())
        statuses = {page: status for page, status, _ in pages(world, world.people[other], "ja")}
        picture = Member.objects.get(pk=member.pk).avatar
        closing = leaver.closed(member, at=now())
        yield Left(world, request.param, other, picture, statuses, closing)
    database.drop_database(name)


def look(left: Left, language: str) -> None:
    """The other side and the staff: every page answers as before, and none says the name."""
    forbidden = re.compile("|".join(map(re.escape, NAMES[left.role])).encode())
    shown = 0
    for who in (left.other, "staff"):
        for name, status, content in pages(left.world, left.world.people[who], language):
            if who == left.other:
                assert status == left.statuses[name] or status == {**PUBLIC, **BEGINNING}.get(name), name
            assert status < 500, name
            shown += WORDS[language].encode() in content
            if name not in AGREED and not name.startswith(STAFF_SEARCH):
                assert not forbidden.search(content), f"{name} for {who} in {language}"
    assert shown > 15


@pytest.mark.parametrize("language", ["ja", "en"])
def test_while_it_can_be_undone_nobody_sees_the_name(left, language):
    look(left, language)


def test_strangers_are_told_that_it_is_gone(left):
    everybody, stranger = Client(), browser(left.world.people["other"], "ja")
    picture = reverse("avatars:picture", args=[left.picture, "64"])
    assert everybody.get(picture).status_code == 410
    job = reverse("jobs:detail", args=[left.world.job.pk])
    version = reverse("jobs:version", args=[left.world.edited_job.pk, 1])
    task = reverse("tasks:detail", args=[left.world.tasks.open.pk])
    expected = 410 if left.role == "client" else 200
    for address in (job, version, task):
        for browsing in (everybody, stranger):
            answer = browsing.get(address)
            assert answer.status_code == expected, address
            assert ("退会しました" in answer.content.decode()) == (expected == 410)
    own = browser(left.world.people[left.other], "ja")
    assert own.get(reverse("jobs:detail", args=[left.world.proposal.job_id])).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_after_the_erasure_the_other_side_has_all_its_pages(left, language):
    erasing.erase(closing=left.closing, at=now())
    look(left, language)


def test_what_was_gone_for_strangers_stays_gone(left):
    erasing.erase(closing=left.closing, at=now())
    assert Client().get(reverse("avatars:picture", args=[left.picture, "64"])).status_code == 410
    if left.role == "client":
        assert Client().get(reverse("jobs:detail", args=[left.world.job.pk])).status_code == 410


@pytest.mark.django_db
def test_whoever_comes_back_is_as_before():
    member = cast.hanako()
    Member.objects.filter(pk=member.pk).update(introduction="食の記事を書きます。", avatar="a" * 40)
    for _twice in range(2):
        veil.draw(member)
    member.refresh_from_db()
    assert (str(member), member.introduction, member.avatar) == ("退会したメンバー", "", "")
    assert veil.had_picture("a" * 40) and not veil.had_picture("")
    for _twice in range(2):
        veil.lift(member)
    member.refresh_from_db()
    assert (str(member), member.introduction, member.avatar) == ("はなこ", "食の記事を書きます。", "a" * 40)
    assert not veil.had_picture("a" * 40)


@pytest.mark.django_db
def test_the_name_of_those_who_left_is_nobody_elses_to_take():
    from nakadachi.people.policy import name_refusal

    assert name_refusal(erased.NAME) is not None
