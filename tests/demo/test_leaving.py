"""退会 in the demo: something of every kind in the way, somebody in every state of leaving, and figures about why."""

from functools import cache

import pytest
from django.test import Client
from django.urls import reverse

from nakadachi.closing.figures import figures
from nakadachi.closing.models import Closing
from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import CODES, obstacles_of
from nakadachi.demo import content
from nakadachi.demo.stage import demo_key, person
from nakadachi.infra import erased
from nakadachi.market.contracts.models import Contract
from nakadachi.people.models import Member
from tests.demo.conftest import LOADED_AT
from tests.logins import log_in

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("market")]


@cache
def in_the_way() -> dict[str, list[Obstacle]]:
    """Of every member who could leave, by address."""
    return {member.email: obstacles_of(member, LOADED_AT) for member in Member.objects.filter(is_active=True)}


def closing_of(key: str) -> Closing:
    return Closing.objects.select_related("member").get(request_key=demo_key("leaving", key))


@pytest.mark.parametrize("code", sorted(CODES))
def test_something_of_every_kind_is_in_somebodys_way(code: str) -> None:
    held = [email for email, obstacles in in_the_way().items() if code in {one.code for one in obstacles}]
    assert held


def test_who_reserved_has_a_reason_and_two_or_three_things_left() -> None:
    closing = closing_of("sumire")
    assert closing.status == Closing.Status.RESERVED and closing.reason and closing.reason_text
    left = in_the_way()["sumire@example.jp"]
    assert {one.code for one in left} >= {"job.open", "delivery.waiting"}
    assert 2 <= len(left) <= 3


def test_who_is_closed_can_come_back_and_who_came_back_is_as_before() -> None:
    closed, undone = closing_of("takuya"), closing_of("naoki")
    assert closed.status == Closing.Status.CLOSED and closed.erase_at is not None and closed.erase_at > LOADED_AT
    assert not closed.member.is_active and closed.member.display_name == str(erased.shown(erased.NAME))
    assert undone.status == Closing.Status.UNDONE and undone.member.is_active
    assert undone.member.display_name == person("naoki").name


def test_the_other_side_of_a_contract_reads_that_the_member_left(client: Client) -> None:
    closing = closing_of("chihiro")
    assert closing.status == Closing.Status.ERASED and not closing.member.is_active
    assert not Member.objects.filter(email="chihiro@example.jp").exists()
    contract = Contract.objects.get(worker=closing.member)
    log_in(client, Member.objects.get(email="minato@example.jp"))
    page = client.get(reverse("contracts:detail", args=[contract.pk])).content.decode()
    assert "退会したメンバー" in page and person("chihiro").name not in page


def test_the_figures_tell_why_members_leave() -> None:
    found = figures(LOADED_AT)
    leaving = [leaver for leaver in content.leavers() if leaver.reserves_days]
    assert found.reserved == len(leaving) and found.undone == 1 and found.closed >= 4
    assert {bar.code for bar in found.reasons} == {leaver.reason for leaver in leaving}
    assert {held.code for held in found.held} >= {"job.open", "delivery.waiting"}
    assert [bar.count for bar in found.bands if bar.code == "below_100k"] == [1]
    assert len(found.months) >= 3
