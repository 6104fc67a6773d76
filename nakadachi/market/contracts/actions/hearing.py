"""A side has written: a sign of life for the contracts that run between the two."""

from datetime import datetime

from django.db.models import Q

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.models import Contract


def heard(*, job_id: int, worker_id: int, by: Actor, at: datetime) -> None:
    """Keep when the actor was last heard in every contract that runs between the client of a job and a worker."""
    running = Contract.objects.filter(job=job_id, worker=worker_id, status=Contract.Status.ACTIVE)
    running.filter(Q(client=by.id)).update(client_wrote_at=at)
    if by.is_member(worker_id):
        running.update(worker_wrote_at=at)
