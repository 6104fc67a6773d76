"""Taking hold of what an action decides on: always in the order job, task, claims, places, hold."""

from collections.abc import Sequence

from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.jobs.actions import locked as locked_job
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.market.tasks.policy import may_see, may_see_claim
from nakadachi.money.escrow.models import Hold


def lock_task(task_id: int, by: Actor) -> Task:
    """The task as it is now, with its hold; `NotVisible` for whom it does not exist."""
    found = locked(Task, job=task_id)
    if not found or not may_see(by, found[0]):
        raise NotVisible
    task = found[0]
    if task.hold_id is not None:
        task.hold = Hold.objects.get(pk=task.hold_id)
    return task


def lock_posting(task_id: int, by: Actor) -> Task:
    """The same with its posting locked before it."""
    job = locked_job(task_id)
    task = lock_task(task_id, by)
    task.job = job
    return task


def lock_claim(claim: Claim, by: Actor) -> Claim:
    """One claim, its task locked before it."""
    task = lock_task(claim.task_id, by)
    return lock_claims(task, [claim.pk], by)[0]


def lock_claims(task: Task, claim_ids: Sequence[int], by: Actor) -> list[Claim]:
    """Claims on a locked task; `NotVisible` when one of them is not on it."""
    claims = locked(Claim, id=list(claim_ids), task_id=task.pk)
    if len(claims) < len(set(claim_ids)):
        raise NotVisible
    for claim in claims:
        claim.task = task
        if not may_see_claim(by, claim):
            raise NotVisible
    return claims
