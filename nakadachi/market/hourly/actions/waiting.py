"""When nobody pays, or nobody works: the contract ends by a published rule, so that nothing waits for ever."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.hourly.actions.closing import close_if_over
from nakadachi.market.hourly.actions.finishing import finish_by_rule
from nakadachi.market.hourly.locking import lock_week, lock_weeks
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.money import rulebook
from nakadachi.money.escrow.paying import is_being_paid


@transaction.atomic
def give_up_after_silence(*, week: WorkWeek, at: datetime) -> bool:
    """So many weeks in a row in which neither side did anything: the contract ends, and what is left goes back."""
    week = lock_week(week, SYSTEM)
    begun = [one for one in lock_weeks(week.engagement) if one.monday <= week.monday]
    last = begun[-rulebook.current().hourly.skips_max :]
    is_over = len(last) == rulebook.current().hourly.skips_max and all(_was_silent(one) for one in last)
    if is_over:
        finish_by_rule(week.engagement, at=at)
    return is_over


def _was_silent(week: WorkWeek) -> bool:
    """It did not begin, or was over with nothing recorded in it and nothing paid in for it: what rolled on by itself is
    no sign of life."""
    if week.status == WorkWeek.Status.SKIPPED:
        return True
    was_paid_in = week.hold is not None and week.hold.funded_by_id is not None
    return week.status == WorkWeek.Status.APPROVED and week.reported_at is None and not was_paid_in


@transaction.atomic
def give_up_unpaid(*, week: WorkWeek, at: datetime) -> bool:
    """Nothing was held, and the client did not pay in time: the work stops. The week can still be paid. A card that is
    being charged is waited for."""
    week = lock_week(week, SYSTEM)
    if week.pay_by is None or at < week.pay_by or (week.hold is not None and is_being_paid(week.hold)):
        return False
    week.pay_by, week.unpaid_at = None, at
    week.save(update_fields=["pay_by", "unpaid_at"])
    record("workweek.unpaid", week, by=SYSTEM, at=at, contract_id=week.engagement.contract_id)
    finish_by_rule(week.engagement, at=at)
    close_if_over(week.engagement, at=at)
    return True
