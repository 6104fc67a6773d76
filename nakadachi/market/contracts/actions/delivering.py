"""The worker hands in, and takes back what is not yet inspected."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.files.actions import store
from nakadachi.infra.files.incoming import Incoming
from nakadachi.infra.moves import move
from nakadachi.infra.text import TEXT_LENGTH_MAX, tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.contracts import policy, refusals, timers
from nakadachi.market.contracts.actions.prolonging import prolong
from nakadachi.market.contracts.lateness import days_late
from nakadachi.market.contracts.lifecycle import MILESTONE
from nakadachi.market.contracts.locking import current_delivery, lock_milestone, next_delivery_number
from nakadachi.market.contracts.models import Delivery, Milestone
from nakadachi.market.jobs.policy import KEY_REUSED


@transaction.atomic
def deliver(
    *,
    milestone: Milestone,
    note: str = "",
    files: Sequence[Incoming] = (),
    request_key: UUID,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Hand in a note, files, or both; from now on the time for inspection runs. The same form again changes nothing."""
    milestone = lock_milestone(milestone, by)
    known = Delivery.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.milestone_id == milestone.pk else KEY_REUSED)
        return known
    require(policy.can_deliver(by, milestone))
    note = tidy_text(note)
    if not note and not files:
        raise Refused(refusals.DELIVERY_EMPTY)
    if len(note) > TEXT_LENGTH_MAX:
        raise Refused(refusals.NOTE_TOO_LONG.with_params(length_max=TEXT_LENGTH_MAX))
    number = next_delivery_number(milestone)
    delivery = Delivery.objects.create(
        milestone=milestone, number=number, note=note, delivered_at=at, request_key=request_key
    )
    store(files, owner=delivery, by=by, at=at)
    auto_accept_at = timers.auto_accept_at(at, milestone.contract.auto_accept_days)
    milestone.first_delivered_at = first_at = milestone.first_delivered_at or at
    event = {
        "delivery_id": delivery.pk,
        "number": number,
        "auto_accept_at": auto_accept_at.isoformat(),
        "due_on": milestone.due_on.isoformat(),
        "days_late": days_late(milestone, at),
        "days_early": max(0, (milestone.due_on - jst_date(first_at)).days),
    }
    columns = {"first_delivered_at": first_at, "delivered_at": at, "auto_accept_at": auto_accept_at}
    move(milestone, MILESTONE, "deliver", by=by, at=at, event=event, **columns)
    prolong(milestone.contract, at=at)
    return delivery


@transaction.atomic
def withdraw_delivery(*, milestone: Milestone, by: Actor, at: datetime) -> Milestone:
    """Take back what waits for inspection; its files are the worker's alone again."""
    milestone = lock_milestone(milestone, by)
    require(policy.can_withdraw_delivery(by, milestone))
    delivery = current_delivery(milestone)
    delivery.withdrawn_at = at
    delivery.save(update_fields=["withdrawn_at"])
    event = {"delivery_id": delivery.pk}
    columns = {"delivered_at": None, "auto_accept_at": None}
    if milestone.revisions_count == 0:
        columns["first_delivered_at"] = None
    return move(milestone, MILESTONE, "withdraw_delivery", by=by, at=at, event=event, **columns)
