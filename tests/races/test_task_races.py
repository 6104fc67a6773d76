"""Many at once on one task: never more places than were paid for, never one answer paid twice, nothing lost."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks.models import Claim, Slot
from nakadachi.money.ledger import queries as ledger
from tests import cast, database, taskwork
from tests.cast import by
from tests.races.test_market_races import assert_clean, race
from tests.taskwork import LATER

pytestmark = pytest.mark.races
ROUNDS = 3


@pytest.fixture
def people(committed_db):
    return cast.minato(), cast.hanako()


def journals_of(hold_id: int) -> int:
    return len([one for one in ledger.journals_about("hold", hold_id) if ledger.journal(one).kind == "hold.release"])


def test_twelve_workers_five_places(people):
    task = taskwork.open_task()
    claims = [partial(tasks.claim, task=task, by=by(worker), at=LATER) for worker in taskwork.workers(12)]
    outcomes = race(*claims)
    assert outcomes["done"] == 5, outcomes
    assert outcomes["task_all_busy"] == 7, outcomes
    assert Claim.objects.filter(task=task, status="reserved").values("slot_number").distinct().count() == 5
    assert Event.objects.filter(kind="claim.reserve").count() == 5
    assert_clean()


def test_one_worker_presses_eight_times(people):
    """One place, whichever press was first; the others show that place."""
    for _ in range(ROUNDS):
        task = taskwork.open_task(repeats_max=5)
        claim = partial(tasks.claim, task=task, by=by(cast.hanako()), at=LATER)
        assert race(*[claim] * 8)["done"] == 8
        assert Claim.objects.filter(task=task).count() == 1
        assert Slot.objects.filter(task=task).count() == 4
        taskwork.close(task)
    assert_clean()


def test_handed_in_eight_times_at_once(people):
    for number in range(1, ROUNDS + 1):
        task = taskwork.open_task(is_instant=True)
        held = taskwork.claim(task)
        answers = taskwork.given()
        submit = partial(tasks.submit, claim=held, given=answers, by=by(cast.hanako()), at=LATER)
        outcomes = race(*[submit] * 8)
        assert outcomes == Counter(done=1, claim_already_answered=7), outcomes
        assert journals_of(task.hold_id) == 1
        assert ledger.balance_yen(account_of(cast.hanako())) == 100 * number
    assert_clean()


def account_of(member) -> int:
    from nakadachi.money.ledger import book

    return book.open_account("member", "member", member.pk)


def test_approved_while_it_is_rejected_and_the_sweeper_comes(people):
    ends: Counter[str] = Counter()
    task = taskwork.open_task(slots_count=50, repeats_max=50)
    for _ in range(ROUNDS * 2):
        done = taskwork.submitted(task)
        due = done.auto_approve_at
        approve = partial(tasks.approve, task=task, claim_ids=[done.pk], by=by(cast.minato()), at=LATER)
        reject = partial(tasks.reject, claim=done, reason="wrong", text="違います。", by=by(cast.minato()), at=LATER)
        every = partial(tasks.approve_all, task=task, seen_at=LATER, by=by(cast.minato()), at=LATER)
        sweep = partial(tasks_silent, task.pk, due)
        race(approve, reject, every, sweep, approve, reject, every, sweep)
        ends[Claim.objects.get(pk=done.pk).status] += 1
    assert set(ends) <= {"approved", "rejected"}
    assert journals_of(task.hold_id) == ends["approved"]
    assert_clean()


def tasks_silent(task_id: int, at) -> None:
    from nakadachi.market.tasks.actions.deciding import approve_silent

    approve_silent(task_id=task_id, at=at)


def test_claimed_while_it_is_closed(people):
    """A place is taken before the close, and then counts, or not at all; nothing hangs in a task that is done."""
    for _ in range(ROUNDS):
        task = taskwork.open_task()
        claims = [partial(tasks.claim, task=task, by=by(worker), at=LATER) for worker in taskwork.workers(7)]
        outcomes = race(*claims, partial(tasks.close, task=task, by=by(task.client), at=LATER))
        taken = Claim.objects.filter(task=task, status="reserved").count()
        assert taken <= 5
        assert outcomes["done"] == taken + 1, outcomes
        assert not Slot.objects.filter(task=task).exists()
        assert taskwork.fresh(task).status == ("closed" if taken else "done")
        timers.play(until=task.closes_at)
        assert taskwork.fresh(task).status == "done"
    assert_clean()


def test_the_last_place_given_back_while_others_want_it(people):
    task = taskwork.open_task(slots_count=1)
    held = taskwork.claim(task)
    wanting = [partial(tasks.claim, task=task, by=by(worker), at=LATER) for worker in taskwork.workers(6)]
    race(partial(tasks.give_back, claim=held, by=by(cast.hanako()), at=LATER), *wanting)
    assert Claim.objects.filter(task=task, status="reserved").count() <= 1
    free = Slot.objects.filter(task=task).count()
    assert free + Claim.objects.filter(task=task, status="reserved").count() == 1
    assert_clean()


def test_the_same_value_from_two_at_once(people):
    task = taskwork.open_task()
    held = [taskwork.claim(task, worker=worker) for worker in taskwork.workers(4)]
    runners = [
        partial(
            tasks.submit,
            claim=one,
            given=taskwork.given(q1=name),
            by=by(one.worker),
            at=LATER,
        )
        for one, name in zip(held, ("珈琲 館", "珈琲館", "珈琲館 ", "珈琲　館"), strict=True)
    ]
    outcomes = race(*runners)
    assert outcomes == Counter(done=1, answer_seen=3), outcomes
    assert_clean()


def test_a_late_answer_while_the_same_worker_takes_the_place_again(people):
    """Handed in and taken again at once: one of both is done, or one after the other; the sentence says which."""
    for _ in range(ROUNDS * 2):
        task = taskwork.open_task(slots_count=2)
        held = taskwork.claim(task)
        over = held.reserved_until
        timers.play(until=over)
        held.refresh_from_db()
        assert held.status == "lapsed"
        me = by(cast.hanako())
        answer = partial(tasks.submit, claim=held, given=taskwork.given(), by=me, at=over)
        outcomes = race(answer, partial(tasks.claim, task=task, by=me, at=over))
        assert set(outcomes) <= {"done", "task_rounds_used"}, outcomes
        mine = Claim.objects.get(task=task)
        assert mine.status in {"reserved", "submitted"}
        assert Slot.objects.filter(task=task).count() == 1
    assert_clean()


def test_without_skipping_somebody_would_be_turned_away(committed_db, people):
    """What `SKIP LOCKED` is worth: without it racers reach for the same place, and who comes second gets none."""
    take = Path(tasks.__file__).parents[1] / "sql" / "take.sql"
    body = take.read_text(encoding="utf-8")
    assert body.count(" FOR UPDATE SKIP LOCKED") == 1
    with database.owner_connection(committed_db) as owner:
        owner.execute(f"SET ROLE {database.OWNER_ROLE}")
        owner.execute(body.replace(" FOR UPDATE SKIP LOCKED", ""))
    done = []
    for _ in range(ROUNDS * 3):
        task = taskwork.open_task(slots_count=8)
        claims = [partial(tasks.claim, task=task, by=by(worker), at=LATER) for worker in taskwork.workers(8)]
        done.append(race(*claims)["done"])
    assert min(done) < 8, done
