"""「確認をお願いする」 in the list of leaving: where it stands, from when, once, by whom, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from nakadachi.closing.catalogue import KINDS
from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.remedies import apply
from nakadachi.infra.clock import now
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts.models import Contract, Prompt
from nakadachi.people.models import Member
from tests import cast, monthly, walk
from tests.cast import by
from tests.market.state import fingerprint

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
FREE = walk.START + 3 * DAY

WAITING = {
    "delivery.waiting.worker": lambda: (walk.delivered().contract, "worker"),
    "offer.waiting.client": lambda: (walk.offered(), "client"),
    "contract.active.project": lambda: (walk.agreed(), "worker"),
}
FIRST = {"delivery.waiting.worker", "offer.waiting.client"}
SAYS = {
    "delivery.waiting.worker": ("検収をお願いする", "Ask for the inspection"),
    "offer.waiting.client": ("申し込みへのお返事をお願いする", "Ask for an answer to the offer"),
    "contract.active.project": ("仮払いをお願いする", "Ask for the money to be set aside"),
}


def row(member: Member, kind: str, at) -> Obstacle:
    return next(one for one in obstacles_of(member, at) if one.kind == kind)


def names(obstacle: Obstacle) -> list[str]:
    return [remedy.name for remedy in obstacle.remedies]


def remind(member: Member, contract: Contract, at=FREE):
    return apply("remind", [contract.pk], member=member, by=by(member), at=at)


def said(obstacle: Obstacle, language: str) -> str:
    with translation.override(language):
        return next(str(remedy.label) for remedy in obstacle.remedies if remedy.name == "remind")


def waiting(kind: str) -> tuple[Contract, Member]:
    contract, side = WAITING[kind]()
    return contract, getattr(contract, side)


@pytest.mark.parametrize("kind", sorted(WAITING))
def test_it_is_a_button_from_the_moment_it_can_be_sent(kind: str):
    contract, asker = waiting(kind)
    before = row(asker, kind, FREE - SECOND)
    assert "remind" not in names(before)
    assert before.not_yet.code == "prompt_too_early"
    at_last = row(asker, kind, FREE)
    assert at_last.not_yet is None
    assert names(at_last).index("remind") == (0 if kind in FIRST else 1)
    assert remind(asker, contract).count == 1
    assert Prompt.objects.get().asked_by_id == asker.pk


@pytest.mark.parametrize("kind", sorted(WAITING))
def test_the_button_says_what_the_other_side_is_asked_to_do(kind: str):
    _contract, asker = waiting(kind)
    asked = row(asker, kind, FREE)
    assert (said(asked, "ja"), said(asked, "en")) == SAYS[kind]


def test_every_kind_with_this_button_is_tried_here():
    with_it = {kind.name for kind in KINDS if any(button.name == "remind" for button in kind.buttons)}
    assert with_it == {*WAITING, "contract.active.month"}


@pytest.mark.parametrize("kind", sorted(WAITING))
def test_twice_is_once_and_the_second_says_from_when_again(kind: str):
    contract, asker = waiting(kind)
    remind(asker, contract)
    before = fingerprint()
    again = remind(asker, contract, FREE + SECOND)
    assert (again.count, again.refusals[contract.pk].code) == (0, "prompted_lately")
    assert fingerprint() == before
    asked = row(asker, kind, FREE + SECOND)
    assert ("remind" in names(asked), asked.not_yet.code) == (False, "prompted_lately")
    assert asked.not_yet.params == again.refusals[contract.pk].params
    assert "remind" in names(row(asker, kind, FREE + 3 * DAY))


@pytest.mark.parametrize("kind", sorted(WAITING))
def test_neither_a_stranger_nor_whoever_is_asked_can_send_it(kind: str):
    contract, asker = waiting(kind)
    other = contract.client if asker == contract.worker else contract.worker
    strangers = (cast.sakura(), other)
    before = fingerprint()
    for somebody in strangers:
        with pytest.raises(NotVisible):
            remind(somebody, contract)
    assert fingerprint() == before
    assert not [one for one in obstacles_of(other, FREE) if one.not_yet or "remind" in names(one)]


def test_a_month_that_begins_soon_can_be_asked_for():
    contract = monthly.agreed()
    begins = monthly.month(contract).period_from
    asked_at = walk.START + (begins - walk.START.date()) - 2 * DAY
    mine = row(contract.worker, "contract.active.month", asked_at)
    assert names(mine) == ["end_contract", "remind"]
    assert said(mine, "ja") == "仮払いをお願いする"
    assert names(row(contract.client, "contract.active.month", asked_at)) == ["end_contract"]


def test_money_that_is_set_aside_waits_for_nobody_to_be_asked():
    one = walk.funded()
    for member in (one.contract.client, one.contract.worker):
        assert not [found for found in obstacles_of(member, FREE) if found.not_yet or "remind" in names(found)]


def test_the_number_of_statements_does_not_grow_and_the_rest_has_no_such_button():
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            obstacles_of(cast.hanako(), FREE)
        return len(captured)

    walk.delivered()
    walk.agreed()
    some = asked()
    for _ in range(4):
        walk.delivered()
    assert asked() == some


def test_the_rest_of_a_long_list_has_no_such_button():
    for _ in range(3):
        walk.offered()
    found = [one for one in obstacles_of(cast.minato(), FREE, most=2) if one.kind == "offer.waiting.client"]
    assert [(names(one), one.count, one.is_rest) for one in found] == [
        (["remind", "take_offer_back"], 1, False),
        (["remind", "take_offer_back"], 1, False),
        (["take_offer_back"], 1, True),
    ]


def test_on_the_page_the_button_comes_first_and_the_day_stands_in_its_place_afterwards(client):
    contract = walk.delivered(at=now() - 4 * DAY).contract
    page, address = reverse("leaving:overview"), reverse("leaving:remedy", args=["remind"])
    client.force_login(contract.worker)
    shown = client.get(page).content.decode()
    assert shown.index('data-remedy="remind"') < shown.index('data-remedy="hand_back"')
    for _ in range(2):
        answer = client.post(address, {"id": contract.pk}, headers={"HX-Request": "true"}).content.decode()
        assert answer.count("に確認をお願いしました。次は") == 1
        assert 'data-remedy="remind"' not in answer
    assert client.post(address, {"id": contract.pk}).status_code == 409
    client.force_login(cast.sakura())
    assert client.post(address, {"id": contract.pk}).status_code == 404
    assert Prompt.objects.count() == 1
