"""Every button beside an obstacle does what it says there and then: the obstacle is gone, and the ledger is clean."""

from datetime import timedelta

import pytest

from nakadachi.closing.buttons import DEEDS
from nakadachi.closing.catalogue import BY_NAME, KINDS
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.remedies import REMEDIES, apply
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts.models import Contract, EndProposal
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import checks
from nakadachi.people.models import Member
from nakadachi.people.roles.models import StaffRole
from tests import cast, walk
from tests.cast import by
from tests.closing.states import LATER, STATES

pytestmark = pytest.mark.django_db


def the_one(member: Member, kind: str, at=LATER):
    found = [one for one in obstacles_of(member, at) if one.kind == kind]
    assert len(found) == 1, [one.kind for one in obstacles_of(member, at)]
    return found[0]


def press(member: Member, name: str, ids, at=LATER):
    return apply(name, ids, member=member, by=by(member), at=at)


def test_every_button_has_a_deed_and_every_deed_a_button():
    assert set(REMEDIES) == set(DEEDS)


def test_every_kind_has_a_state_that_shows_it():
    assert set(STATES) == set(BY_NAME)


@pytest.mark.parametrize("kind", sorted(STATES))
def test_it_is_told_with_the_facts_of_its_kind(kind: str):
    person, at = STATES[kind]()
    obstacle = the_one(person, kind, at)
    known = BY_NAME[kind]
    assert (obstacle.code, obstacle.who, obstacle.count) == (known.code, known.who, 1)
    assert str(obstacle.title)
    assert obstacle.if_silent
    too_early = {"remind"}  # from three days of waiting on: test_remedies_remind.py
    assert [one.name for one in obstacle.remedies] == [one.name for one in known.buttons if one.name not in too_early]
    assert bool(known.day) == (obstacle.clears_by is not None)


@pytest.mark.parametrize("kind", [one.name for one in KINDS if any(b.name in REMEDIES for b in one.buttons)])
def test_its_button_clears_it_and_twice_is_once(kind: str):
    person, at = STATES[kind]()
    remedy = next(one for one in the_one(person, kind, at).remedies if one.is_deed)
    done = press(person, remedy.name, [remedy.thing_id], at)
    assert (done.refusals, done.count) == ({}, 1)
    if remedy.name != "propose_end":
        assert kind not in [one.kind for one in obstacles_of(person, at)]
    before = snapshot()
    assert press(person, remedy.name, [remedy.thing_id], at).count == 0
    assert snapshot() == before
    assert checks.run() == []


@pytest.mark.parametrize("kind", [one.name for one in KINDS if any(b.name in REMEDIES for b in one.buttons)])
def test_nobody_elses_button_works(kind: str):
    person, at = STATES[kind]()
    remedy = next(one for one in the_one(person, kind, at).remedies if one.is_deed)
    before = snapshot()
    with pytest.raises(NotVisible):
        press(cast.sakura(), remedy.name, [remedy.thing_id], at)
    assert snapshot() == before


def snapshot() -> list[object]:
    """What a press could change: every event says what did."""
    from nakadachi.infra.events.models import Event

    return list(Event.objects.order_by("pk").values_list("pk", flat=True))


def test_all_of_a_kind_at_once_and_no_other_kind():
    for _ in range(3):
        walk.funded()
    delivered = walk.delivered()
    worker = delivered.contract.worker
    done = press(worker, "hand_back", "escrow.idle.worker")
    assert done.count == 3
    assert [one.kind for one in obstacles_of(worker, LATER)] == ["delivery.waiting.worker"]
    with pytest.raises(NotVisible):
        press(worker, "hand_back", "proposal.open")


def test_a_thing_of_somebody_else_among_ones_own_stops_all():
    mine, other = walk.proposal(), walk.proposal(worker=cast.ren())
    with pytest.raises(NotVisible):
        press(mine.worker, "withdraw_proposal", [mine.pk, other.pk])
    assert set(Proposal.objects.values_list("status", flat=True)) == {"sent"}


def test_what_is_refused_is_told_and_the_others_are_done():
    free, held = walk.agreed(), walk.funded().contract
    done = press(free.worker, "end_contract", [free.pk, held.pk])
    assert (done.count, {key: refusal.code for key, refusal in done.refusals.items()}) == (
        1,
        {held.pk: "end_money_held"},
    )
    assert dict(Contract.objects.values_list("pk", "status")) == {free.pk: "ended", held.pk: "active"}


def test_a_proposed_end_pays_what_is_delivered_and_gives_the_rest_back():
    one = walk.funded((10_000, 20_000))
    walk.pay(walk.milestone(one.contract, 2))
    walk.deliver(walk.milestone(one.contract, 2))
    press(one.contract.client, "propose_end", [one.contract_id])
    end = EndProposal.objects.get()
    assert [line["worker_amount_yen"] for line in end.settlement] == [0, 20_000]
    press(one.contract.worker, "accept_end", [end.pk])
    assert dict(Hold.objects.values_list("amount_yen", "status")) == {10_000: "refunded", 20_000: "released"}
    assert checks.run() == []


def test_answers_that_came_after_the_list_was_seen_are_not_approved():
    from tests import taskwork

    task = taskwork.open_task()
    taskwork.submitted(task)
    late = taskwork.submitted(task, worker=cast.ren(), at=LATER + timedelta(minutes=2))
    apply(
        "approve_answers",
        [task.pk],
        member=task.client,
        by=by(task.client),
        at=LATER + timedelta(minutes=3),
        seen_at=LATER + timedelta(minutes=1),
    )
    late.refresh_from_db()
    assert late.status == "submitted"


def test_the_last_administrator_stays_until_another_is_named():
    tanaka = cast.tanaka()
    found = obstacles_of(tanaka, LATER)
    assert [(one.code, [remedy.name for remedy in one.remedies]) for one in found] == [("owner.last", ["name_admin"])]
    done = press(tanaka, "resign_role", [tanaka.pk])
    assert done.refusals[tanaka.pk].code == "last_admin"
    tanaka.refresh_from_db()
    assert tanaka.is_operator
    offices = cast.offices()
    support = offices[StaffRole.Role.SUPPORT]
    assert [one.code for one in obstacles_of(support, LATER)] == ["role.held"]
    press(support, "resign_role", [support.pk])
    support.refresh_from_db()
    assert (support.is_operator, StaffRole.objects.filter(pk=support.pk).exists()) == (False, False)
    assert [one.code for one in obstacles_of(tanaka, LATER)] == ["role.held"]
