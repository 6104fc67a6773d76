"""Tasks and the claims on their places."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks.actions.appealing import grant_by_silence, let_pass
from nakadachi.market.tasks.actions.deciding import approve_silent
from nakadachi.market.tasks.actions.finishing import close_over
from nakadachi.market.tasks.lifecycle import CLAIM, TASK
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from tests import cast, taskwork
from tests.cast import by
from tests.matrices.table import LATER, NOW, THE_CLOCK, WITH_OFFICES, Act, Table, who
from tests.taskwork import CLOSES_AT

OPENS_AT = NOW + timedelta(hours=5)
SOON = taskwork.LATER
MUCH_LATER = LATER
DISPUTED = cards.BY_NAME["dispute"].number


def to_come() -> Task:
    """A draft that will open later."""
    return taskwork.draft_task(opens_at=OPENS_AT)


def claimed_task() -> Task:
    task = taskwork.open_task()
    taskwork.claim(task)
    return task


def pay(task: Task, actor: Actor, at: datetime) -> object:
    payment = tasks.start_funding(task=task, request_key=uuid4(), by=actor, at=at)
    return payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=actor, at=at)


def decide_the_last(task: Task, actor: Actor, at: datetime) -> object:
    """The only claim is given back."""
    claim = Claim.objects.filter(task=task).first()
    if claim is None:
        raise NotVisible
    return tasks.give_back(claim=claim, by=actor, at=at)


TASKS = Table(
    TASK,
    Task,
    states={
        "draft": to_come,
        "funded": lambda: taskwork.pay(to_come()),
        "open": taskwork.open_task,
        "open:claimed": claimed_task,
        "closed": lambda: taskwork.close(claimed_task()),
        "done": lambda: taskwork.close(taskwork.open_task()),
        "dropped": lambda: tasks.discard(task=to_come(), by=by(cast.minato()), at=NOW),
    },
    acts={
        "discard": Act(lambda task, actor, at: tasks.discard(task=task, by=actor, at=at), who("client")),
        "fund": Act(pay, who("client")),
        "open": Act(
            lambda task, actor, at: tasks.open_task(task_id=task.pk, at=at),
            THE_CLOCK,
            at=OPENS_AT,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "open:early": Act(
            lambda task, actor, at: tasks.open_task(task_id=task.pk, at=at),
            who(),
            at=SOON,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "close": Act(
            lambda task, actor, at: tasks.close(task=task, by=actor, at=at),
            who("client", "system"),
            at=SOON,
            only_in=who("open:claimed"),
            not_in=who("funded", "open"),
        ),
        "close:nothing_taken": Act(
            lambda task, actor, at: tasks.close(task=task, by=actor, at=at),
            who("client", "system"),
            at=SOON,
            not_in=who("open:claimed"),
            ends_in="done",
        ),
        "close:over": Act(
            lambda task, actor, at: close_over(task_id=task.pk, at=at),
            THE_CLOCK,
            at=CLOSES_AT,
            only_in=who("open:claimed"),
            not_in=who("funded", "open"),
            tried_by=THE_CLOCK,
        ),
        "close:early": Act(
            lambda task, actor, at: close_over(task_id=task.pk, at=at),
            who(),
            at=SOON,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "finish": Act(decide_the_last, who("worker"), at=SOON, not_in=who("open:claimed")),
    },
)


def rejected() -> Claim:
    return taskwork.reject(taskwork.submitted(paid_by_a_disputer()))


def paid_by_a_disputer() -> Task:
    """Open, paid with a card whose owner will complain."""
    return taskwork.pay(taskwork.draft_task(), card=DISPUTED)


def lapsed() -> Claim:
    claim = taskwork.claim(paid_by_a_disputer())
    tasks.lapse(claim_id=claim.pk, at=claim.reserved_until)
    return claim


def refused() -> Claim:
    return tasks.accept_rejection(claim=rejected(), by=by(cast.hanako()), at=SOON)


def approve(claim: Claim, actor: Actor, at: datetime) -> object:
    return tasks.approve(task=claim.task, claim_ids=[claim.pk], by=actor, at=at)


def approve_all(claim: Claim, actor: Actor, at: datetime) -> object:
    return tasks.approve_all(task=claim.task, seen_at=at, by=actor, at=at)


def reject(claim: Claim, actor: Actor, at: datetime) -> object:
    return tasks.reject(claim=claim, reason="wrong", text="お店が実在しません。", by=actor, at=at)


def decide(*, is_good: bool) -> Act:
    def call(claim: Claim, actor: Actor, at: datetime) -> object:
        return tasks.decide(claim=claim, is_good=is_good, text="確認しました。", by=actor, at=at)

    return Act(call, who("staff", "finance", "system"), at=SOON)


def lose_the_dispute(claim: Claim, actor: Actor, at: datetime) -> object:
    """The card's owner complains about the task's payment and is believed."""
    clockwork.run(at=at)
    payments.reconcile(at=at)
    ref = sandbox.Dispute.objects.latest("pk").ref
    clockwork.decide(ref=ref, won=False, at=at + timedelta(days=1))
    return payments.reconcile(at=at + timedelta(days=1))


APPROVE = Act(approve, who("client", "system"), at=SOON)
CLAIMS = Table(
    CLAIM,
    Claim,
    roles=WITH_OFFICES,
    states={
        "reserved": lambda: taskwork.claim(paid_by_a_disputer()),
        "lapsed": lapsed,
        "submitted": lambda: taskwork.submitted(paid_by_a_disputer()),
        "approved": lambda: taskwork.approve(taskwork.submitted(paid_by_a_disputer())),
        "rejected": rejected,
        "appealed": lambda: taskwork.appeal(rejected()),
        "refused": refused,
    },
    acts={
        "reserve": Act(
            lambda claim, actor, at: tasks.claim(task=claim.task, by=actor, at=at),
            who("worker"),
            at=SOON,
            tried_by=who("worker", "client", "staff", "system"),  # anybody else gets a claim of their own
            is_quiet=True,
        ),
        "lapse": Act(
            lambda claim, actor, at: tasks.lapse(claim_id=claim.pk, at=claim.reserved_until),
            THE_CLOCK,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "lapse:early": Act(
            lambda claim, actor, at: tasks.lapse(claim_id=claim.pk, at=at),
            who(),
            at=SOON,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "give_back": Act(
            lambda claim, actor, at: tasks.give_back(claim=claim, by=actor, at=at), who("worker"), at=SOON
        ),
        "submit": Act(
            lambda claim, actor, at: tasks.submit(claim=claim, given=taskwork.given(), by=actor, at=at),
            who("worker"),
            at=SOON,
        ),
        "approve": APPROVE,
        "approve:all": replace(APPROVE, call=approve_all),
        "approve:silence": Act(
            lambda claim, actor, at: approve_silent(task_id=claim.task_id, at=at),
            THE_CLOCK,
            at=MUCH_LATER,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "approve:early": Act(
            lambda claim, actor, at: approve_silent(task_id=claim.task_id, at=at),
            who(),
            at=CLOSES_AT,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "reject": Act(reject, who("client"), at=SOON),
        "appeal": Act(
            lambda claim, actor, at: tasks.appeal(claim=claim, text="駅前にあります。", by=actor, at=at),
            who("worker"),
            at=SOON,
        ),
        "appeal:late": Act(
            lambda claim, actor, at: tasks.appeal(claim=claim, text="駅前にあります。", by=actor, at=at),
            who(),
            at=MUCH_LATER,
        ),
        "accept_rejection": Act(
            lambda claim, actor, at: tasks.accept_rejection(claim=claim, by=actor, at=at),
            who("worker", "system"),
            at=SOON,
        ),
        "accept_rejection:silence": Act(
            lambda claim, actor, at: let_pass(claim_id=claim.pk, at=at),
            THE_CLOCK,
            at=MUCH_LATER,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "accept_rejection:early": Act(
            lambda claim, actor, at: let_pass(claim_id=claim.pk, at=at),
            who(),
            at=SOON,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "grant": decide(is_good=True),
        "dismiss": decide(is_good=False),
        "grant:silence": Act(
            lambda claim, actor, at: grant_by_silence(claim_id=claim.pk, at=at),
            THE_CLOCK,
            at=MUCH_LATER,
            tried_by=THE_CLOCK,
        ),
        "grant:early": Act(
            lambda claim, actor, at: grant_by_silence(claim_id=claim.pk, at=at),
            who(),
            at=SOON,
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "pay_out": Act(
            lose_the_dispute,
            THE_CLOCK,
            at=SOON,
            not_in=who("reserved", "lapsed", "submitted", "approved", "refused"),  # there the task ends without it
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
    },
)
TABLES = (TASKS, CLAIMS)
