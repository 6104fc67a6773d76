"""The client accepts or asks for a revision; after silence the system accepts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nakadachi.infra.crash_points import reached
from nakadachi.infra.files.actions import store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.moves import move
from nakadachi.infra.text import required_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.contracts import policy, refusals
from nakadachi.market.contracts.actions.closing import close_if_done
from nakadachi.market.contracts.actions.prolonging import prolong
from nakadachi.market.contracts.lifecycle import MILESTONE
from nakadachi.market.contracts.locking import current_delivery, lock_milestone
from nakadachi.market.contracts.models import Milestone, Revision
from nakadachi.money.escrow import actions as escrow


@transaction.atomic
def accept(*, milestone: Milestone, seen_id: int | None = None, by: Actor, at: datetime) -> Milestone:
    """The work is good: the reward is the worker's from this moment on.

    `seen_id` is the delivery that the client looked at; refused when the worker has put another in its place.
    """
    milestone = lock_milestone(milestone, by)
    require(policy.can_accept(by, milestone, at))
    if seen_id is not None and current_delivery(milestone).pk != seen_id:
        raise Refused(refusals.DELIVERY_REPLACED)
    reached("acceptance.locked")
    assert milestone.hold is not None
    columns = {"accepted_at": at, "closed_at": at, "auto_accept_at": None}
    move(milestone, MILESTONE, "accept", by=by, at=at, event={"hold_id": milestone.hold.pk}, **columns)
    milestone.hold = escrow.release_locked(hold=milestone.hold, by=by, at=at)
    reached("acceptance.posted")
    close_if_done(milestone.contract, by=by, at=at)
    prolong(milestone.contract, at=at)
    return milestone


@transaction.atomic
def request_revision(
    *, milestone: Milestone, reason: str, files: Sequence[Incoming] = (), by: Actor, at: datetime
) -> Milestone:
    """Ask for changes, saying which, with marked copies or samples as files.

    The time for inspection starts anew with the next delivery.
    """
    milestone = lock_milestone(milestone, by)
    require(policy.can_request_revision(by, milestone, at))
    reason = required_text(reason, missing=refusals.REASON_MISSING, too_long=refusals.REASON_TOO_LONG)
    delivery = current_delivery(milestone)
    delivery.revision_reason, delivery.revision_requested_at = reason, at
    delivery.save(update_fields=["revision_reason", "revision_requested_at"])
    store(files, owner=Revision(pk=delivery.pk), by=by, at=at)
    count = milestone.revisions_count + 1
    event = {"delivery_id": delivery.pk, "count": count}
    columns = {"delivered_at": None, "auto_accept_at": None, "revisions_count": count}
    return move(milestone, MILESTONE, "request_revision", by=by, at=at, event=event, **columns)
