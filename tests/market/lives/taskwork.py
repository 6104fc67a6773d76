"""Tasks: several workers on the places of one."""

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks.models import Claim, Task
from tests import taskwork
from tests.market.lives.stage import CARDS, EITHER, Stage, act, key

STATES = ("draft", "open", "claimed", "submitted", "rejected", "appealed")


class TaskWork(Stage):
    """What a client, workers and the operator do with tasks and claims."""

    def begin_task(self, state: str, *, is_instant: bool) -> None:
        """Brought to where it stands in one step."""
        closes_at = self.at + (taskwork.CLOSES_AT - taskwork.START)
        task = taskwork.draft_task(slots_count=3, is_instant=is_instant, repeats_max=2, closes_at=closes_at, at=self.at)
        if state == "draft":
            return
        taskwork.pay(task, at=self.at)
        if state == "claimed":
            taskwork.claim(task, worker=self.people[0], at=self.at)
        if state in {"submitted", "rejected", "appealed"}:
            done = taskwork.submitted(task, worker=self.people[1], at=self.at)
            if state != "submitted" and not is_instant:
                rejected = taskwork.reject(done, at=self.at)
                if state == "appealed":
                    taskwork.appeal(rejected, at=self.at)

    @act(state=STATES, is_instant=EITHER)
    def another_task(self, pick: int, state: str, *, is_instant: bool) -> None:
        if pick % 16 < 2 and Task.objects.exclude(status__in=["done", "dropped"]).count() < 2:
            self.tried += 1
            self.begin_task(state, is_instant=is_instant)

    def a_task(self, pick: int, **wanted: object) -> Task | None:
        found: Task | None = self.one(Task.objects.select_related("job", "client", "hold"), pick, **wanted)
        return found

    def a_claim(self, pick: int, **wanted: object) -> Claim | None:
        found: Claim | None = self.one(Claim.objects.select_related("task"), pick, **wanted)
        return found

    @act(card=CARDS)
    def pay_task(self, pick: int, who: int, card: str) -> None:
        task = self.a_task(pick, status="draft")
        if task is not None:
            start = self.does(tasks.start_funding, task=task, request_key=key(), right=[self.client], who=who)
            self.charge(start, card)

    @act()
    def throw_away(self, pick: int, who: int) -> None:
        task = self.a_task(pick, status="draft")
        if task is not None:
            self.does(tasks.discard, task=task, right=[self.client], who=who)

    @act()
    def claim(self, pick: int, who: int) -> None:
        task = self.a_task(pick, status="open")
        if task is not None:
            self.does(tasks.claim, task=task, right=self.workers, who=who)

    @act()
    def submit(self, pick: int, who: int) -> None:
        claim = self.a_claim(pick, status__in=["reserved", "lapsed"])
        if claim is not None:
            right = [Actor.member(claim.worker_id)]
            self.does(tasks.submit, claim=claim, given=taskwork.given(), right=right, who=who)

    @act()
    def give_place_back(self, pick: int, who: int) -> None:
        claim = self.a_claim(pick, status="reserved")
        if claim is not None:
            self.does(tasks.give_back, claim=claim, right=[Actor.member(claim.worker_id)], who=who)

    @act()
    def approve(self, pick: int, who: int) -> None:
        claim = self.a_claim(pick, status="submitted")
        if claim is not None:
            right = [self.client, SYSTEM]
            self.does(tasks.approve, task=claim.task, claim_ids=[claim.pk], right=right, who=who)

    @act()
    def approve_all(self, pick: int, who: int) -> None:
        task = self.a_task(pick, status__in=["open", "closed"])
        if task is not None:
            self.does(tasks.approve_all, task=task, seen_at=self.at, right=[self.client, SYSTEM], who=who)

    @act()
    def reject(self, pick: int, who: int) -> None:
        claim = self.a_claim(pick, status="submitted")
        if claim is not None:
            words = {"claim": claim, "reason": "wrong", "text": "違います。"}
            self.does(tasks.reject, **words, right=[self.client], who=who)

    @act()
    def object_to_it(self, pick: int, who: int) -> None:
        claim = self.a_claim(pick, status="rejected")
        if claim is not None:
            self.does(tasks.appeal, claim=claim, text="正しいです。", right=[Actor.member(claim.worker_id)], who=who)

    @act()
    def leave_it_at_that(self, pick: int, who: int) -> None:
        claim = self.a_claim(pick, status="rejected")
        if claim is not None:
            right = [Actor.member(claim.worker_id), SYSTEM]
            self.does(tasks.accept_rejection, claim=claim, right=right, who=who)

    @act(is_good=EITHER)
    def decide_objection(self, pick: int, who: int, *, is_good: bool) -> None:
        claim = self.a_claim(pick, status="appealed")
        if claim is not None:
            words = {"claim": claim, "is_good": is_good, "text": "確認しました。"}
            self.does(tasks.decide, **words, right=[*self.office, SYSTEM], who=who)

    @act()
    def close_task(self, pick: int, who: int) -> None:
        task = self.a_task(pick, status="open")
        if task is not None and pick % 3 == 0:
            self.does(tasks.close, task=task, right=[self.client, SYSTEM], who=who)
