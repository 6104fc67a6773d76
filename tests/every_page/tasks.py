"""The part of the world that is about tasks, and who may see its addresses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nakadachi.market.tasks.models import Claim, Task
from nakadachi.money.payments.models import Payment
from tests import taskwork


@dataclass
class TaskWorld:
    """Minato asks, Hanako answers."""

    draft: Task
    open: Task
    reserved: Claim
    submitted: Claim
    rejected: Claim
    appealed: Claim
    payment_id: int


def build(*, at: datetime) -> TaskWorld:
    closes_at = at + timedelta(days=7)
    posted = taskwork.open_task(at=at, closes_at=closes_at, repeats_max=5)
    submitted, rejected, appealed = (taskwork.submitted(posted, at=at) for _ in range(3))
    return TaskWorld(
        draft=taskwork.draft_task(at=at, closes_at=closes_at),
        open=posted,
        submitted=submitted,
        rejected=taskwork.reject(rejected, at=at),
        appealed=taskwork.appeal(taskwork.reject(appealed, at=at), at=at),
        reserved=taskwork.claim(posted, at=at),
        payment_id=Payment.objects.get(purpose="hold", purpose_id=posted.hold_id).pk,
    )
