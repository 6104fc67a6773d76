"""Tasks at random, with random silence and the sweeper: whatever happens, the end is reached, every hold at 0."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nakadachi.infra import timers
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks import checks, queries
from nakadachi.market.tasks.lifecycle import UNDECIDED
from nakadachi.market.tasks.models import Claim, Slot, Task
from nakadachi.money.escrow.models import Hold
from tests import cast, taskwork
from tests.cast import by
from tests.market.state import assert_clean
from tests.market.test_happy_path import balance_yen
from tests.walk import START

PEOPLE = st.integers(0, 3)
CLAIMS = st.integers(0, 30)


class TaskLife(RuleBasedStateMachine):
    """One client, four workers, tasks of three answers; refusals are allowed, broken promises are not."""

    def __init__(self) -> None:
        super().__init__()
        self.at = START
        self.workers = [cast.hanako(), cast.ren(), cast.sakura(), cast.person("aoi@example.jp", "あおい")]
        self.client = cast.minato()
        self.office = cast.offices()["finance"]
        self.had_yen = sum(balance_yen(worker) for worker in self.workers)

    def teardown(self) -> None:
        self.reach_the_end()

    @initialize(is_instant=st.booleans(), repeats=st.integers(1, 3), later=st.booleans())
    def begin(self, *, is_instant: bool, repeats: int, later: bool) -> None:
        opens_at = START + timedelta(hours=5) if later else None
        self.task = taskwork.open_task(
            slots_count=3, is_instant=is_instant, repeats_max=repeats, opens_at=opens_at, questions=taskwork.QUESTIONS
        )

    def attempt(self, act, **arguments) -> None:
        try:
            act(**arguments, at=self.at)
        except (Refused, NotVisible):
            return

    def some_claim(self, number: int) -> Claim | None:
        claims = list(Claim.objects.filter(task=self.task).order_by("pk"))
        return claims[number % len(claims)] if claims else None

    @rule(who=PEOPLE)
    def claim(self, who: int) -> None:
        self.attempt(tasks.claim, task=taskwork.fresh(self.task), by=by(self.workers[who]))

    @rule(number=CLAIMS)
    def submit(self, number: int) -> None:
        if claim := self.some_claim(number):
            self.attempt(tasks.submit, claim=claim, given=taskwork.given(), by=Actor.member(claim.worker_id))

    @rule(number=CLAIMS)
    def give_back(self, number: int) -> None:
        if claim := self.some_claim(number):
            self.attempt(tasks.give_back, claim=claim, by=Actor.member(claim.worker_id))

    @rule(number=CLAIMS)
    def approve(self, number: int) -> None:
        if claim := self.some_claim(number):
            self.attempt(tasks.approve, task=self.task, claim_ids=[claim.pk], by=by(self.client))

    @rule()
    def approve_all(self) -> None:
        self.attempt(tasks.approve_all, task=self.task, seen_at=self.at, by=by(self.client))

    @rule(number=CLAIMS)
    def reject(self, number: int) -> None:
        if claim := self.some_claim(number):
            self.attempt(tasks.reject, claim=claim, reason="wrong", text="違います。", by=by(self.client))

    @rule(number=CLAIMS)
    def object(self, number: int) -> None:
        if claim := self.some_claim(number):
            self.attempt(tasks.appeal, claim=claim, text="正しいです。", by=Actor.member(claim.worker_id))

    @rule(number=CLAIMS)
    def leave_it(self, number: int) -> None:
        if claim := self.some_claim(number):
            self.attempt(tasks.accept_rejection, claim=claim, by=Actor.member(claim.worker_id))

    @rule(number=CLAIMS, is_good=st.booleans())
    def decide(self, number: int, *, is_good: bool) -> None:
        if claim := self.some_claim(number):
            self.attempt(tasks.decide, claim=claim, is_good=is_good, text="確認しました。", by=by(self.office))

    @precondition(lambda self: self.at > START + timedelta(days=1))
    @rule()
    def close(self) -> None:
        self.attempt(tasks.close, task=self.task, by=by(self.client))

    @rule(minutes=st.sampled_from([10, 45, 60 * 24, 60 * 24 * 5]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        timers.play(until=self.at)

    @invariant()
    def the_promises_hold(self) -> None:
        if not hasattr(self, "task"):
            return
        assert list(checks.paid()) == []
        assert list(checks.places()) == []
        task = taskwork.fresh(self.task)
        places = queries.places_of([task])[task.pk]
        live = places.undecided + places.approved
        assert live + places.free <= task.slots_count
        if task.status == "open":
            assert live + places.free == task.slots_count, "no place is lost"

    def reach_the_end(self) -> None:
        """Everybody silent."""
        if not hasattr(self, "task"):
            return
        timers.play(until=self.at + timedelta(days=400))
        task = Task.objects.select_related("hold").get(pk=self.task.pk)
        assert task.status == "done"
        assert not Claim.objects.filter(status__in=UNDECIDED).exists()
        assert not Slot.objects.exists()
        assert all(hold.balance_yen == 0 for hold in Hold.objects.all())
        approved = Claim.objects.filter(task=task, status="approved").count()
        earned_yen = sum(balance_yen(worker) for worker in self.workers) - self.had_yen
        assert earned_yen == 100 * approved
        assert_clean()


@pytest.mark.django_db
def test_random_lives_end_with_every_yen_where_it_belongs() -> None:
    run_state_machine_as_test(
        TaskLife,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
