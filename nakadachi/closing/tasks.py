"""Tasks as obstacles: a client's whose money is set aside, and a worker's answers that are not decided."""

from collections.abc import Iterator

from nakadachi.closing import words
from nakadachi.closing.obstacle import Obstacle
from nakadachi.market.tasks.models import Claim, Task
from nakadachi.people.models import Member


def of(member: Member) -> Iterator[Obstacle]:
    """First what the member ordered, then what the member answered."""
    running = Task.objects.filter(client=member, status__in=[Task.Status.FUNDED, Task.Status.OPEN, Task.Status.CLOSED])
    for task in running.select_related("job", "hold").order_by("pk"):
        is_over = task.status == Task.Status.CLOSED
        yield Obstacle(
            "task.open",
            task.job.title,
            words.FROZEN if task.is_frozen else words.TASK_CLOSED if is_over else words.TASK_OPEN,
            "card" if task.is_frozen else "you",
            "tasks:answers" if is_over else "tasks:detail",
            (task.pk,),
            words.SEE_TASK,
            task.hold.balance_yen if task.hold else None,
            None if is_over else task.closes_at,
        )
    yield from _answers(member)


def _answers(member: Member) -> Iterator[Obstacle]:
    undecided = Claim.objects.filter(worker=member, status__in=list(_SAID)).select_related("task__job")
    for claim in undecided.order_by("pk"):
        sentence, who, clears_by = _SAID[claim.status]
        yield Obstacle(
            "task.pending",
            claim.task.job.title,
            sentence,
            who,  # type: ignore[arg-type]
            "tasks:answer",
            (claim.task_id, claim.pk),
            words.SEE_ANSWER,
            claim.task.price_yen,
            getattr(claim, clears_by),
        )


_SAID = {
    Claim.Status.RESERVED.value: (words.ANSWER_RESERVED, "you", "reserved_until"),
    Claim.Status.SUBMITTED.value: (words.ANSWER_WAITS, "other", "auto_approve_at"),
    Claim.Status.REJECTED.value: (words.ANSWER_REJECTED, "you", "appeal_by"),
    Claim.Status.APPEALED.value: (words.ANSWER_APPEALED, "operator", "decide_by"),
}
"""What is said, who must act, and when it is over by itself."""
