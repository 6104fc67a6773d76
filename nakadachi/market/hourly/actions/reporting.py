"""The worker reports a week; what nobody reports is reported by itself on Monday morning."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.market.hourly import dates, policy
from nakadachi.market.hourly.actions.closing import approve_week
from nakadachi.market.hourly.billing import minutes_of
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import entries_of, lock_week
from nakadachi.market.hourly.models import WorkWeek


@transaction.atomic
def report(*, week: WorkWeek, by: Actor, at: datetime) -> WorkWeek:
    """The recorded times go to the client, once. Without any, there is nothing to approve and the week is over."""
    week = lock_week(week, by)
    entries = entries_of(week)
    require(policy.can_report(by, week, entries, at))
    minutes = minutes_of(entries, at)
    if minutes == 0:
        return approve_week(week, entries, by=by, at=at)
    event = {"contract_id": week.engagement.contract_id, "minutes": minutes}
    columns = {"reported_at": at, "act_by": dates.review_by(week.monday, at)}
    return move(week, WORK_WEEK, "report", by=by, at=at, event=event, **columns)
