"""要対応 of hourly work: the weeks in which it is the member's turn."""

from datetime import datetime

from nakadachi.market.hourly import queries
from nakadachi.market.hourly.turn import of_week
from nakadachi.web.pages.hourly.sight import call_of
from nakadachi.web.ui.parts import ToDo


def hours_rows(member_id: int, now: datetime) -> list[tuple[datetime | None, ToDo]]:
    """Each with its date, in one query."""
    rows = []
    for week in queries.waiting_of(member_id):
        turn = of_week(week, now, is_paying=getattr(week, "is_paying", False))
        if turn.is_for(week.engagement.contract, member_id):
            call = call_of(turn, week, viewer_id=member_id)
            text = f"{week.engagement.contract.title}: {call.text}"
            rows.append((turn.until, ToDo(call.title, text, call.href, call.label, "turn", "")))
    return rows
