"""Tasks: closing one, approving what was handed in, giving a place back, leaving a rejection at that."""

from django.db.models import Exists, OuterRef, Q

from nakadachi.closing.remedies.deed import Deed, client, worker
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks.models import Claim, Task

_SUBMITTED = Claim.objects.filter(task=OuterRef("pk"), status=Claim.Status.SUBMITTED)

DEEDS = {
    "close_task": Deed(
        Task,
        client(),
        Q(status__in=[Task.Status.FUNDED, Task.Status.OPEN]),
        lambda task, press: tasks.close(task=task, by=press.by, at=press.at),
    ),
    "approve_answers": Deed(
        Task,
        client(),
        Q(Exists(_SUBMITTED)),
        lambda task, press: tasks.approve_all(task=task, seen_at=press.seen_at, by=press.by, at=press.at),
    ),
    "give_place_back": Deed(
        Claim,
        worker(),
        Q(status=Claim.Status.RESERVED),
        lambda claim, press: tasks.give_back(claim=claim, by=press.by, at=press.at),
    ),
    "accept_rejection": Deed(
        Claim,
        worker(),
        Q(status=Claim.Status.REJECTED),
        lambda claim, press: tasks.accept_rejection(claim=claim, by=press.by, at=press.at),
    ),
}
