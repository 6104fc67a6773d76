"""What the calendar asks for at a moment."""

from datetime import datetime

from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.calendar import end_of_day, jst_date
from nakadachi.money.payouts import queries
from nakadachi.money.payouts.actions import close
from nakadachi.money.payouts.models import ClosingRun
from nakadachi.people.models import Member


def close_due(*, at: datetime) -> ClosingRun | None:
    """Close the newest closing day that is over, unless it is closed already or the market is younger than it.

    Older days that were missed need no run of their own: this one takes what they would have taken.
    """
    closes_on, _pays_on = queries.latest_closing(jst_date(at))
    if queries.is_closed(closes_on) or not Member.objects.filter(joined_at__lt=end_of_day(closes_on)).exists():
        return None
    return close(closes_on=closes_on, by=SYSTEM, at=at)
