"""Hourly work in every state that an address needs, for the world of `world.py`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly import weeks
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.payments.models import Payment
from tests import hours, walk


@dataclass
class Hours:
    """`open`, `reported` and `returned` are weeks of some time ago; the timer runs in a week of now."""

    proposal: Proposal
    unfunded: WorkWeek
    open: WorkWeek
    reported: WorkWeek
    returned: WorkWeek
    entry: TimeEntry
    running: TimeEntry
    payment_id: int


def build(*, present: datetime, past: datetime) -> Hours:
    today = jst_date(present)
    weeks_ago = [_worked(past, hour) for hour in (8, 12, 16)]
    started = hours.started(hours.funded(starts_on=today, at=present).engagement, present)
    return Hours(
        proposal=_proposed(present),
        unfunded=hours.week(hours.agreed(starts_on=today + timedelta(days=7), at=present)),
        open=weeks_ago[0],
        reported=_reported(weeks_ago[1], present),
        returned=_returned(_reported(weeks_ago[2], present), present),
        entry=hours.lines(weeks_ago[0])[0],
        running=started,
        payment_id=Payment.objects.get(purpose="hold", purpose_id=weeks_ago[0].hold_id).pk,
    )


def _proposed(at: datetime) -> Proposal:
    starts_on = jst_date(at) + timedelta(days=7)
    job = walk.open_job(
        at=at, format="hourly", delivery_on=None, starts_on=starts_on, hours_per_week=8,
        closes_on=jst_date(at) + timedelta(days=3), budget_min_yen=1_000, budget_max_yen=3_000,
    )  # fmt: skip
    return walk.proposal(job, amount_yen=1_500, deliver_on=starts_on, at=at)


def _worked(past: datetime, hour: int) -> WorkWeek:
    """Two hours on a Tuesday of a week of some time ago, at an hour of its own: no two times overlap."""
    monday = weeks.next_monday(weeks.monday_at(past))
    one = hours.funded(starts_on=monday, at=past)
    start = weeks.begins_at(monday) + timedelta(days=1, hours=hour)
    entry = hours.worked(one, start, start + timedelta(hours=1))
    hourly.edit(
        entry=entry, started_at=start, ended_at=start + timedelta(minutes=50), memo="商品登録",
        by=hours.worker_of(one), at=start + timedelta(hours=2),
    )  # fmt: skip
    hours.entered(one, start + timedelta(hours=1), start + timedelta(hours=2))
    return hours.week(one.engagement)


def _reported(one: WorkWeek, at: datetime) -> WorkWeek:
    hourly.report(week=one, by=hours.worker_of(one), at=at)
    return hours.week(one.engagement)


def _returned(one: WorkWeek, at: datetime) -> WorkWeek:
    returned = {hours.lines(one)[1].pk: "この日の作業が見当たりません。"}
    hourly.review(week=one, returned=returned, by=hours.client_of(one), at=at)
    return hours.week(one.engagement)
