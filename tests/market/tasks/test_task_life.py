"""One task from posting to balance, to the yen; what each end gives back; everything by the clock."""

from datetime import timedelta

import pytest

from nakadachi.config.sweeping import sweep
from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.jobs.models import Job
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks import queries
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.money.payments.models import Payment, Refund
from tests import cast, taskwork
from tests.cast import by
from tests.market.state import assert_clean
from tests.market.test_happy_path import balance_yen
from tests.taskwork import CLOSES_AT, LATER
from tests.walk import START

pytestmark = pytest.mark.django_db


def test_from_posting_to_balance() -> None:
    hanako, minato = cast.hanako(), cast.minato()
    task = taskwork.draft_task()
    assert (task.status, task.job.format, task.job.status) == ("draft", "task", "draft")
    with pytest.raises(NotVisible):
        queries.task_for(by(hanako), task.pk)
    task = taskwork.pay(task)
    assert (task.status, task.job.status, task.hold.funded_yen) == ("open", "open", 633)
    assert Slot.objects.filter(task=task).count() == 5
    assert_clean()
    held = taskwork.claim(task)
    assert held.reserved_until == LATER + timedelta(minutes=30)
    done = taskwork.submit(held)
    assert (done.status, done.answers["q2"]) == ("submitted", "深煎り")
    done = taskwork.approve(done)
    assert done.status == "approved"
    assert balance_yen(hanako) == 100
    assert_clean()
    task = taskwork.close(task)
    assert (task.status, task.job.status, task.hold.status) == ("done", "closed", "split")
    assert (task.hold.settled_yen, task.hold.refunded_yen) == (127, 506)
    assert balance_yen(minato) == 0
    assert_clean()


def test_only_those_who_are_paid_now_are_told() -> None:
    """A box that was ticked on a page of before, for an answer that is approved already, tells nobody a second time."""
    task = taskwork.open_task()
    first, second = taskwork.submitted(task), taskwork.submitted(task, worker=cast.ren())
    taskwork.approve(first)
    taskwork.approve(first, second)
    told = Event.objects.filter(kind="task.pay").order_by("pk").values_list("data__workers", flat=True)
    assert list(told) == [[cast.hanako().pk], [cast.ren().pk]]
    assert balance_yen(cast.hanako()) == balance_yen(cast.ren()) == 100
    assert_clean()


def test_the_worked_journals_through_the_task() -> None:
    """100 answers at ¥120, 98 approved: the last two are given back at the close."""
    task = taskwork.open_task(slots_count=100, questions=taskwork.QUESTIONS[1:2])
    crowd = taskwork.workers(98)
    for worker in crowd:
        held = taskwork.claim(task, worker=worker)
        tasks.submit(claim=held, given={"q1": ["深煎り"]}, by=by(worker), at=LATER)
    assert tasks.approve_all(task=task, seen_at=LATER, by=by(task.client), at=LATER) == 98
    task = taskwork.close(task)
    assert (task.hold.released_yen, task.hold.settled_yen, task.hold.refunded_yen) == (11_760, 12_407, 253)
    assert {balance_yen(worker) for worker in crowd} == {100}
    assert_clean()


def test_opens_and_closes_by_the_clock_and_silence_pays() -> None:
    opens_at = START + timedelta(days=1)
    task = taskwork.open_task(opens_at=opens_at)
    assert (task.status, task.job.status) == ("funded", "draft")
    with pytest.raises(NotVisible):
        queries.task_for(by(cast.hanako()), task.pk)
    timers.play(until=opens_at)
    task = taskwork.fresh(task)
    assert (task.status, task.opened_at, task.job.status) == ("open", opens_at, "open")
    done = taskwork.submitted(task, at=opens_at)
    held = taskwork.claim(task, worker=cast.ren(), at=opens_at)
    timers.play(until=CLOSES_AT - timedelta(minutes=1))
    assert Claim.objects.get(pk=held.pk).status == "lapsed"
    sweep(at=CLOSES_AT)
    assert taskwork.fresh(task).status == "closed"
    assert_clean()
    timers.play(until=CLOSES_AT + timedelta(days=30))
    task = taskwork.fresh(task)
    done = Claim.objects.get(pk=done.pk)
    assert (done.status, task.status, task.hold.status) == ("approved", "done", "split")
    assert done.decided_at == done.auto_approve_at, "at its own moment"
    assert balance_yen(cast.hanako()) == 100
    assert_clean()


def test_the_card_company_takes_its_time() -> None:
    """Money that comes after the closing time: the task opens, closes at once, and all of it goes back."""
    task = taskwork.draft_task()
    payment = taskwork.start_payment(task)
    from nakadachi.money.payments import actions as payments

    payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=by(task.client), at=CLOSES_AT)
    timers.run(at=CLOSES_AT)
    task = taskwork.fresh(task)
    assert (task.status, task.hold.status, task.hold.refunded_yen) == ("done", "refunded", 633)
    assert_clean()


def test_a_task_with_every_answer_paid_closes() -> None:
    task = taskwork.open_task(slots_count=1)
    taskwork.approve(taskwork.submitted(task))
    assert taskwork.fresh(task).hold.status == "released"
    timers.run(at=LATER)
    task = taskwork.fresh(task)
    assert (task.status, task.job.status) == ("done", "closed")
    assert_clean()


def test_instant_approval_pays_with_the_answer() -> None:
    task = taskwork.open_task(is_instant=True)
    assert taskwork.submitted(task).status == "approved"
    assert balance_yen(cast.hanako()) == 100
    assert_clean()


def test_a_rejection_and_its_ways_on() -> None:
    """Not objected: the place opens again. Objected and granted: paid. Objected and dismissed: opens again. The
    operator silent: paid."""
    task = taskwork.open_task(slots_count=3)
    left, granted, dismissed = (
        taskwork.reject(taskwork.submitted(task, worker=worker)) for worker in taskwork.workers(3)
    )
    assert Slot.objects.filter(task=task).count() == 0
    granted, dismissed = taskwork.appeal(granted), taskwork.appeal(dismissed)
    office = cast.offices()["finance"]
    tasks.decide(claim=granted, is_good=True, text="お店は実在します。", by=by(office), at=LATER)
    tasks.decide(claim=dismissed, is_good=False, text="確認できません。", by=by(office), at=LATER)
    timers.play(until=left.appeal_by)
    assert {one.pk: one.status for one in Claim.objects.all()} == {
        left.pk: "refused",
        granted.pk: "approved",
        dismissed.pk: "refused",
    }
    assert Slot.objects.filter(task=task).count() == 2
    assert_clean()
    silent = taskwork.appeal(taskwork.reject(taskwork.submitted(task, worker=cast.ren())))
    timers.play(until=silent.decide_by)
    assert Claim.objects.get(pk=silent.pk).status == "approved"
    assert balance_yen(cast.ren()) == 100
    timers.play(until=CLOSES_AT + timedelta(days=40))
    task = Task.objects.select_related("hold").get(pk=task.pk)
    assert (task.status, task.hold.balance_yen) == ("done", 0)
    assert task.hold.released_yen == 2 * 120
    assert_clean()


def test_closing_early_lets_what_was_taken_be_answered() -> None:
    task = taskwork.open_task()
    held = taskwork.claim(task)
    task = taskwork.close(task)
    assert (task.status, task.job.status) == ("closed", Job.Status.CLOSED)
    done = taskwork.submit(held)
    assert done.status == "submitted"
    taskwork.approve(done)
    task = taskwork.fresh(task)
    assert (task.status, task.hold.released_yen) == ("done", 120)
    assert_clean()


def test_money_of_another_sum_lays_out_no_places_and_goes_straight_back() -> None:
    task = taskwork.draft_task()
    begun = taskwork.start_payment(task)
    Payment.objects.filter(pk=begun.pk).update(amount_yen=begun.amount_yen - 1)
    payments.charge(payment_id=begun.pk, card_token=cards.SUCCESS, by=by(task.client), at=START)
    task = taskwork.fresh(task)
    assert task.hold is not None
    assert (task.status, task.hold.status, task.hold.balance_yen) == ("draft", "unfunded", 0)
    assert not Slot.objects.filter(task=task).exists()
    assert Refund.objects.get().amount_yen == begun.amount_yen - 1
    assert_clean()
    assert taskwork.pay(task).status == "open"
