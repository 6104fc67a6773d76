"""Whose turn it is with hourly work, with what, and until when. Pure: holds come loaded with their weeks."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nakadachi.market.contracts.turn import NOBODY, Turn
from nakadachi.market.hourly.models import WorkWeek

Status = WorkWeek.Status

_ANSWERS = _("Answer the lines that were sent back")
_REVIEWS = _("Look at the reported week")
_PAYS = _("Pay for the approved week")
_FUNDS = _("Set the money for the week aside")
_WORKS = _("Work and record your time")
_REPORTS = _("Report the week")
_WAITS = _("The payment is being processed")
_DECIDES = _("The card company decides on a dispute")
_MEDIATES = _("Both sides and the operator, in a mediation")

ORDER = ("answer_week", "review_week", "pay_week", "report_week", "fund_week", "track", "wait", "claimed", "frozen")


def of_week(week: WorkWeek, at: datetime, *, is_paying: bool = False) -> Turn:
    """One week. `is_paying`: the provider is being asked right now."""
    if week.is_frozen:
        is_mediated = week.is_claimed and not (week.hold and week.hold.is_disputed)
        return Turn("nobody", "claimed", _MEDIATES) if is_mediated else Turn("nobody", "frozen", _DECIDES)
    if week.is_owed:
        return Turn("nobody", "wait", _WAITS) if is_paying else Turn("client", "pay_week", _PAYS, week.pay_by)
    if week.status == Status.RETURNED:
        return Turn("worker", "answer_week", _ANSWERS, week.act_by)
    if week.status in WorkWeek.TO_INSPECT:
        return Turn("client", "review_week", _REVIEWS, week.act_by)
    if week.status != Status.OPEN:
        return NOBODY
    if week.engagement.holds_money and not week.is_funded:
        return Turn("nobody", "wait", _WAITS) if is_paying else Turn("client", "fund_week", _FUNDS, week.fund_by)
    if at >= week.ends_at:
        return Turn("worker", "report_week", _REPORTS, week.act_by)
    return Turn("worker", "track", _WORKS, week.ends_at) if at >= week.starts_at else NOBODY


def of_weeks(weeks: Sequence[WorkWeek], at: datetime, paying: Collection[int] = ()) -> Turn | None:
    """The most pressing of several; None when nothing waits for anybody."""
    return next(iter(waiting(weeks, at, paying)), None)


def waiting(weeks: Sequence[WorkWeek], at: datetime, paying: Collection[int] = ()) -> list[Turn]:
    """Everything that waits in several, the most pressing first."""
    turns = [of_week(week, at, is_paying=week.pk in paying) for week in weeks]
    return sorted((one for one in turns if one.action), key=lambda one: (ORDER.index(one.action), one.until or at))
