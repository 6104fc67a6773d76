"""The statement that takes places, for one worker and for a hundred: in the order of asking, by the same rules."""

import pytest
from django.db import connection, transaction

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.market.tasks import checks, claiming
from nakadachi.market.tasks.claiming import Taken
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.money.escrow.models import Hold
from nakadachi.people.models import Member
from tests import earners, taskwork
from tests.market.state import assert_clean
from tests.taskwork import CLOSES_AT, LATER

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd() -> list[Member]:
    return [earners.member(f"担当{number}") for number in range(8)]


def take(task: Task, people: list[Member], *, at=LATER) -> list[Taken]:
    with transaction.atomic():
        return claiming.take(task, [person.pk for person in people], until=CLOSES_AT, at=at)


def workers(taken: list[Taken]) -> list[int]:
    return [one.worker_id for one in taken]


def numbers(task: Task) -> dict[int, int]:
    """The number of the place that each worker holds."""
    held = Claim.objects.filter(task=task, status="reserved")
    return dict(held.values_list("worker_id", "slot_number"))


def test_places_go_in_the_order_of_asking_until_none_is_left(crowd: list[Member]) -> None:
    task = taskwork.open_task(slots_count=5)
    asking = crowd[::-1]
    taken = take(task, asking)
    assert sorted(workers(taken)) == sorted(person.pk for person in asking[:5])
    assert numbers(task) == {person.pk: place for place, person in enumerate(asking[:5], start=1)}
    assert take(task, crowd[:3]) == []
    assert not Slot.objects.filter(task=task).exists()
    events = Event.objects.filter(kind="claim.reserve")
    assert sorted(events.values_list("subject_id", "actor_id")) == sorted(
        (one.claim_id, one.worker_id) for one in taken
    )
    assert_clean()


def test_who_asks_twice_in_one_breath_gets_one_place(crowd: list[Member]) -> None:
    task = taskwork.open_task(slots_count=3, repeats_max=3)
    first, second = crowd[:2]
    assert sorted(workers(take(task, [first, second, first, first]))) == sorted([first.pk, second.pk])
    assert Slot.objects.filter(task=task).count() == 1


def test_who_may_not_have_one_takes_none_from_those_who_may(crowd: list[Member]) -> None:
    """One holds a place, one has used the rounds: the two free places go to the two others, however late they ask."""
    task = taskwork.open_task(slots_count=4)
    holds, answered, late, later = crowd[:4]
    taskwork.submit(taskwork.claim(task, worker=answered))
    taskwork.claim(task, worker=holds)
    assert sorted(workers(take(task, [holds, answered, late, later]))) == sorted([late.pk, later.pk])
    assert numbers(task) == {holds.pk: 2, late.pk: 3, later.pk: 4}


def test_a_round_that_lapsed_is_taken_again_in_the_same_row(crowd: list[Member]) -> None:
    task = taskwork.open_task(slots_count=2)
    before = taskwork.claim(task, worker=crowd[0])
    timers.run(at=before.reserved_until)
    again = take(task, crowd[:2], at=before.reserved_until)
    assert {one.worker_id: (one.claim_id == before.pk, one.round) for one in again} == {
        crowd[0].pk: (True, 1),
        crowd[1].pk: (False, 1),
    }


def test_a_closed_or_frozen_task_gives_none(crowd: list[Member]) -> None:
    task = taskwork.open_task(slots_count=2)
    assert take(task, crowd, at=CLOSES_AT) == []
    assert task.hold is not None
    Hold.objects.filter(pk=task.hold.pk).update(status="frozen", is_disputed=True)
    assert take(task, crowd) == []
    assert numbers(task) == {}


def test_the_free_places_are_read_by_their_own_index() -> None:
    """No second index begins with the task: of a fresh task the planner may take it, and read every place taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'tasks_slot' AND indexdef LIKE '%(task_id%'")
        (only,) = cursor.fetchall()
    assert "UNIQUE" in only[0]


def test_the_audit_finds_a_place_too_many_and_a_claim_on_no_task(crowd: list[Member]) -> None:
    task = taskwork.open_task(slots_count=2)
    taskwork.claim(task, worker=crowd[0])
    assert list(checks.places()) == []
    extra = Slot.objects.create(task=task, number=3)
    ((subject, said),) = checks.places()
    assert (subject, "2 places, 1 claims hold one and 2 are free" in said) == (f"task:{task.pk}", True)
    extra.delete()
    lost = taskwork.claim(task, worker=crowd[1])
    Claim.objects.filter(pk=lost.pk).update(task_id=0)
    assert list(checks.places()) == [(f"claim:{lost.pk}", "there is no task 0")]
