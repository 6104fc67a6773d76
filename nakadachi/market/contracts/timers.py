"""When things happen by themselves. A deadline is the last minute of a day in Japan, and is shown as that minute.

`at < deadline` is in time; at the deadline itself, 23:59:00, the effect is due. So what is written for a day happens on
that day, and the 60 days of the Freelance Act can be counted from it.
"""

from datetime import date, datetime, time, timedelta

from nakadachi.kernel.calendar import JST, jst_date
from nakadachi.market.contracts.models import Milestone
from nakadachi.money import rulebook

LAST_MINUTE = time(23, 59)


def last_minute(day: date) -> datetime:
    """23:59:00 JST of a day."""
    return datetime.combine(day, LAST_MINUTE, JST)


def auto_accept_at(delivered_at: datetime, auto_accept_days: int) -> datetime:
    """When silence accepts: the last minute of the day that many days after the delivery."""
    return last_minute(jst_date(delivered_at) + timedelta(days=auto_accept_days))


def answer_by(offered_at: datetime, answer_days: int) -> datetime:
    """When an unanswered offer or proposal lapses: the last minute of the day that many days after it."""
    return last_minute(jst_date(offered_at) + timedelta(days=answer_days))


def fund_until(milestone: Milestone) -> datetime | None:
    """When the money of a month has to be there: the last minute before it begins. Other pieces have no such date."""
    return last_minute(milestone.period_from - timedelta(days=1)) if milestone.period_from else None


def late_days(due_on: date, handed_in_at: datetime) -> int:
    """By how many days, the begun ones included, the agreed day was missed; 0 in time, whatever the hour before."""
    if handed_in_at < last_minute(due_on):
        return 0
    return max(1, (jst_date(handed_in_at) - due_on).days)


def inspected_on(due_on: date, auto_accept_days: int) -> date:
    """The day by which a delivery of that day has been inspected, silence included."""
    return due_on + timedelta(days=auto_accept_days)


def paid_on(due_on: date, auto_accept_days: int) -> date:
    """The day on which the reward for a delivery of that day is transferred at the latest."""
    return rulebook.payout_dates(inspected_on(due_on, auto_accept_days))[1]
