"""A side has written: a sign of life for the contracts that run between the two."""

from datetime import datetime

from django.db.models import Q

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.lifecycle import NUDGE
from nakadachi.market.contracts.models import Contract, Nudge


def heard(*, job_id: int, worker_id: int, by: Actor, at: datetime) -> None:
    """Keep when the actor last wrote, in every contract that runs between the client of a job and a worker; whoever
    was asked for a sign of life has given one."""
    running = Contract.objects.filter(job=job_id, worker=worker_id, status=Contract.Status.ACTIVE)
    running.filter(Q(client=by.id)).update(client_wrote_at=at)
    if by.is_member(worker_id):
        running.update(worker_wrote_at=at)
    asked = Nudge.objects.filter(contract__in=running, status=Nudge.Status.OPEN).exclude(asked_by=by.id)
    for nudge in asked.order_by("pk"):
        move(nudge, NUDGE, "answer", by=by, at=at, closed_at=at)
