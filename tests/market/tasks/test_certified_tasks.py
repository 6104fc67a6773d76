"""Tasks for certified members only: who may take a place, and what becomes of a place when the certification ends."""

import pytest

from nakadachi.infra import timers
from nakadachi.kernel.refusal import Refused
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks import queries
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.people.standing.certifying import certify, withdraw_certification
from nakadachi.people.standing.models import Standing
from tests import cast, taskwork
from tests.cast import by
from tests.market.state import assert_clean, fingerprint
from tests.taskwork import CLOSES_AT, LATER
from tests.walk import START

pytestmark = pytest.mark.django_db


def certified(member=None):
    member = member or cast.hanako()
    certify(member=member, reason="よい仕事が続いています。", by=by(cast.tanaka()), at=START)
    return member


def withdrawn() -> None:
    withdraw_certification(member=cast.hanako(), reason="規約違反", by=by(cast.tanaka()), at=LATER)


def refused(task: Task, worker) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        tasks.claim(task=taskwork.fresh(task), by=by(worker), at=LATER)
    assert fingerprint() == before
    assert_clean()
    return caught.value.refusal.code


def test_only_certified_members_take_a_place() -> None:
    hanako, ren = certified(), cast.ren()
    task = taskwork.open_task(certified_only=True)
    assert refused(task, ren) == "task_certified_only"
    assert taskwork.claim(task, worker=hanako).status == "reserved"
    certified(ren)
    assert taskwork.claim(task, worker=ren).status == "reserved"
    assert Slot.objects.filter(task=task).count() == 3


def test_both_conditions_are_asked() -> None:
    task = taskwork.open_task(certified_only=True, verified_only=True)
    hanako = certified()
    assert refused(task, hanako) == "task_verified_only"
    Standing.objects.filter(member=hanako).update(identity=Standing.Check.CONFIRMED)
    assert taskwork.claim(task).status == "reserved"


def test_a_place_that_was_taken_is_kept_and_its_answer_paid() -> None:
    certified()
    task = taskwork.open_task(certified_only=True, repeats_max=2)
    held = taskwork.claim(task)
    withdrawn()
    assert taskwork.claim(task).pk == held.pk, "the button shows the place that is held"
    done = taskwork.submit(held)
    assert taskwork.approve(done).status == "approved"
    assert refused(task, cast.hanako()) == "task_certified_only"
    assert_clean()


def test_an_answer_after_the_reservation_ran_out_is_taken_while_a_place_is_free() -> None:
    certified()
    task = taskwork.open_task(certified_only=True)
    held = taskwork.claim(task)
    withdrawn()
    timers.run(at=held.reserved_until)
    lapsed = Claim.objects.get(pk=held.pk)
    assert lapsed.status == "lapsed"
    assert taskwork.submit(lapsed, at=held.reserved_until).status == "submitted"


def test_a_task_that_nobody_may_answer_ends_with_all_its_money_back() -> None:
    task = taskwork.open_task(certified_only=True)
    timers.run(at=CLOSES_AT)
    task = taskwork.fresh(task)
    assert task.status == "done"
    assert (task.hold.settled_yen, task.hold.refunded_yen) == (0, task.hold.client_pays_yen)
    assert_clean()


def test_which_of_several_are_for_certified_members_only(django_assert_num_queries) -> None:
    one, other = taskwork.open_task(certified_only=True), taskwork.open_task()
    with django_assert_num_queries(1):
        assert queries.certified_only_among([one.pk, other.pk]) == {one.pk}
    with django_assert_num_queries(0):
        assert queries.certified_only_among([]) == set()
