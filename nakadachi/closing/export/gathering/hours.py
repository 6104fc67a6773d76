"""Weeks of hourly work, their lines, and what stood in a line before it was changed."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from nakadachi.closing.export.gathering.holds import HOLD, holds_of
from nakadachi.closing.export.shapes import ABOVE, INSIDE, KEY, NUMBER, TEXT, Me, Shape, chunks, list_of, or_none, under
from nakadachi.market.hourly.models import EntryTrace, TimeEntry, WorkWeek

AT_ONCE = 100

TRACE = Shape(EntryTrace, ("kind", "started_at", "ended_at", "memo", "at"), without={"id": INSIDE, "entry": ABOVE})
ENTRY = Shape(
    TimeEntry,
    (
        "id", "started_at", "ended_at", "memo", "source", "cut", "is_edited", "deleted_at", "decision",
        "return_reason", "answer",
    ),
    without={
        "week": ABOVE,
        "worker": "the contract's worker",
        "seen_at": "a heartbeat of the running timer",
        "stop_at": "a timer of the program",
        "request_key": KEY,
    },
    more={"before": list_of(TRACE.schema)},
)  # fmt: skip
WEEK = Shape(
    WorkWeek,
    (
        "id", "monday", "minutes_max", "status", "fund_by", "act_by", "reported_at", "closed_at", "approved_minutes",
        "approved_yen", "pay_by", "unpaid_at",
    ),
    without={"engagement": "told as contract", "hold": "told as money"},
    more={
        "contract_id": NUMBER,
        "contract_title": TEXT,
        "money": or_none(HOLD.schema),
        "entries": list_of(ENTRY.schema),
    },
)  # fmt: skip


def gather(me: Me) -> Iterator[dict[str, Any]]:
    """Week by week, contract by contract; deleted lines too, as both sides see them."""
    sides = Q(engagement__contract__client=me.id) | Q(engagement__contract__worker=me.id)
    weeks = WorkWeek.objects.filter(sides).select_related("engagement__contract")
    for some in chunks(weeks.order_by("engagement_id", "monday"), AT_ONCE):
        money = holds_of([week.hold_id for week in some], me)
        entries = list(TimeEntry.objects.filter(week__in=[week.pk for week in some]).order_by("started_at", "pk"))
        traces = under(EntryTrace.objects.filter(entry__in=[one.pk for one in entries]).order_by("pk"), "entry_id")
        lines = under(entries, "week_id")
        for week in some:
            contract = week.engagement.contract
            yield WEEK.row(
                week,
                me,
                contract_id=contract.pk,
                contract_title=contract.title,
                money=money.get(week.hold_id or 0),
                entries=[
                    ENTRY.row(one, me, before=[TRACE.row(each, me) for each in traces.get(one.pk, [])])
                    for one in lines.get(week.pk, [])
                ],
            )
