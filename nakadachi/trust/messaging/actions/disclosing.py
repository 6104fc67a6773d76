"""The operator's people read a thread: only with a reason, which stays on record."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.trust.messaging import policy
from nakadachi.trust.messaging.models import Thread


@transaction.atomic
def disclose(*, thread: Thread, reason: str, by: Actor, at: datetime) -> Thread:
    """Write down who reads it, and why."""
    require(policy.can_disclose(by))
    said = tidy_line(reason)
    require(policy.reason_refusal(said))
    record("thread.disclose", thread, by=by, at=at, reason=said)
    return thread
