"""When the client does not pay: the contract ends by a published rule, so that nobody waits for ever."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.hourly.actions.closing import close_if_over
from nakadachi.market.hourly.actions.finishing import finish_by_rule
from nakadachi.market.hourly.locking import lock_week, lock_weeks
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.money import rulebook


@transaction.atomic
def give_up_after_skips(*, week: WorkWeek, at: datetime) -> bool:
    """So many weeks in a row did not begin: the contract ends."""
    week = lock_week(week, SYSTEM)
    begun = [one for one in lock_weeks(week.engagement) if one.monday <= week.monday]
    last = begun[-rulebook.current().hourly.skips_max :]
    is_over = len(last) == rulebook.current().hourly.skips_max and all(
        one.status == WorkWeek.Status.SKIPPED for one in last
    )
    if is_over:
        finish_by_rule(week.engagement, at=at)
    return is_over


@transaction.atomic
def give_up_unpaid(*, week: WorkWeek, at: datetime) -> bool:
    """Nothing was held, and the client did not pay in time: the work stops. The week can still be paid."""
    week = lock_week(week, SYSTEM)
    if week.pay_by is None or at < week.pay_by:
        return False
    week.pay_by, week.unpaid_at = None, at
    week.save(update_fields=["pay_by", "unpaid_at"])
    record("workweek.unpaid", week, by=SYSTEM, at=at, contract_id=week.engagement.contract_id)
    finish_by_rule(week.engagement, at=at)
    close_if_over(week.engagement, at=at)
    return True
