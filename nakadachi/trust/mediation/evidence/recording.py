"""What a week of hourly work consists of, for the evidence: recorded times, what stood there before, what was said.

Its words are Japanese whatever language is read, like the rest of the archive: the same state gives the same bytes.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from nakadachi.kernel.calendar import jst
from nakadachi.market.hourly.models import EntryTrace, TimeEntry, WorkWeek
from nakadachi.trust.mediation.models import Case

_SOURCES = {"timer": "タイマー", "manual": "手入力"}
_CUTS = {
    "": "",
    "forgotten": "、操作がなく自動停止",
    "limit": "、上限で自動停止",
    "week": "、週の終わりで区切り",
    "ended": "、作業の終了で停止",
}
_DECISIONS = {"": "未確認", "approved": "承認", "returned": "差し戻し", "dropped": "取り消し"}
_KINDS = {"edited": "変更前", "deleted": "削除前", "corrected": "差し戻し後の訂正前"}


def recorded_in(case: Case) -> list[dict[str, Any]]:
    """The lines of the week that a case is about, in the order of time; nothing where it is about a milestone."""
    week = WorkWeek.objects.filter(hold=case.hold_id).first()
    if week is None:
        return []
    entries = TimeEntry.objects.filter(week=week).prefetch_related("traces").order_by("started_at", "pk")
    rows = [row for entry in entries for row in _rows(entry)]
    if week.reported_at is not None:
        what = f"週の報告({week.monday:%Y-%m-%d}からの1週間)"
        rows.append({"at": week.reported_at, "who": "ワーカー", "what": what, "text": ""})
    return sorted(rows, key=lambda row: row["at"])


def _rows(entry: TimeEntry) -> Iterator[dict[str, Any]]:
    if entry.ended_at is None:
        return
    how = _SOURCES[entry.source] + _CUTS[entry.cut] + ("、変更あり" if entry.is_edited else "")
    state = "削除済み" if entry.deleted_at is not None else _DECISIONS[entry.decision]
    what = f"作業 {_span(entry.started_at, entry.ended_at)} {entry.minutes_at(entry.ended_at)}分({how}) {state}"
    said = [("差し戻しの理由", entry.return_reason), ("ワーカーの回答", entry.answer)]
    text = "\n".join([entry.memo, *(f"{who}: {words}" for who, words in said if words)])
    yield {"at": entry.started_at, "who": "ワーカー", "what": what, "text": text.strip()}
    for trace in entry.traces.all():
        yield _before(trace)


def _before(trace: EntryTrace) -> dict[str, Any]:
    what = f"記録の{_KINDS[trace.kind]} {_span(trace.started_at, trace.ended_at)}"
    return {"at": trace.at, "who": "ワーカー", "what": what, "text": trace.memo}


def _span(start: datetime, end: datetime) -> str:
    return f"{jst(start):%m-%d %H:%M:%S}〜{jst(end):%m-%d %H:%M:%S}"
