"""Times by hand: enter, change, delete, until the week is reported. What stood there before stays readable."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.market.hourly import policy, weeks
from nakadachi.market.hourly.actions.tracking import checked_memo, own_entry, save, stops
from nakadachi.market.hourly.locking import entries_of, lock_week
from nakadachi.market.hourly.models import EntryTrace, TimeEntry, WorkWeek


@transaction.atomic
def add(
    *, week: WorkWeek, started_at: datetime, ended_at: datetime, memo: str, request_key: UUID, by: Actor, at: datetime
) -> TimeEntry:
    """Enter a time by hand; it is marked as such, and cut at midnight. The same form again changes nothing."""
    week = lock_week(week, by)
    require(policy.worker_refusal(by, week.engagement.contract))
    known = TimeEntry.objects.filter(week=week, request_key=request_key).first()
    if known is not None:
        return known
    require(policy.can_record(by, week, week.engagement))
    require(policy.times_refusal(week, started_at, ended_at, entries_of(week), at))
    memo = checked_memo(memo)
    made = [_add_piece(week, start, end, memo, request_key) for start, end in _pieces(started_at, ended_at)]
    _shorten_running(week)
    contract_id = week.engagement.contract_id
    record("timeentry.add", made[0], by=by, at=at, contract_id=contract_id, pieces=len(made))
    return made[0]


def _pieces(started_at: datetime, ended_at: datetime) -> list[tuple[datetime, datetime]]:
    return list(weeks.cut_at_midnights(started_at, ended_at))


def _add_piece(week: WorkWeek, started_at: datetime, ended_at: datetime, memo: str, request_key: UUID) -> TimeEntry:
    entry = TimeEntry(
        week=week,
        worker_id=week.engagement.contract.worker_id,
        started_at=started_at,
        ended_at=ended_at,
        memo=memo,
        source=TimeEntry.Source.MANUAL,
        request_key=request_key,
    )
    save(entry)
    return entry


def _shorten_running(week: WorkWeek) -> None:
    """A timer that runs in the same week has more or fewer hours left than before."""
    entries = entries_of(week)
    for entry in entries:
        if entry.is_running:
            entry.stop_at, _ = stops(entry, week, entries)
            entry.save(update_fields=["stop_at"])


@transaction.atomic
def edit(
    *, entry: TimeEntry, started_at: datetime, ended_at: datetime, memo: str, by: Actor, at: datetime
) -> TimeEntry:
    """Change times or memo. A line whose times were changed counts as entered by hand. The same again: no change."""
    entry = own_entry(entry, by)
    require(policy.can_change(by, entry))
    memo = checked_memo(memo)
    if (entry.started_at, entry.ended_at, entry.memo) == (started_at, ended_at, memo):
        return entry
    others = [other for other in entries_of(entry.week) if other.pk != entry.pk]
    is_moved = (entry.started_at, entry.ended_at) != (started_at, ended_at)
    require(policy.times_refusal(entry.week, started_at, ended_at, others, at) if is_moved else None)
    keep_trace(entry, EntryTrace.Kind.EDITED, at)
    more: list[tuple[datetime, datetime]] = []
    if is_moved:
        (entry.started_at, entry.ended_at), *more = _pieces(started_at, ended_at)
        entry.is_edited = True
        entry.source = TimeEntry.Source.MANUAL
    entry.memo = memo
    save(entry)
    for start, end in more:
        _add_piece(entry.week, start, end, memo, entry.request_key)
    _shorten_running(entry.week)
    record("timeentry.edit", entry, by=by, at=at, contract_id=entry.week.engagement.contract_id, moved=is_moved)
    return entry


def keep_trace(entry: TimeEntry, kind: EntryTrace.Kind, at: datetime) -> EntryTrace:
    """What stands there now, before it is changed."""
    assert entry.ended_at is not None, "a running time has nothing to keep yet"
    return EntryTrace.objects.create(
        entry=entry, kind=kind, started_at=entry.started_at, ended_at=entry.ended_at, memo=entry.memo, at=at
    )


@transaction.atomic
def delete(*, entry: TimeEntry, by: Actor, at: datetime) -> TimeEntry:
    """Take a line out; the client sees that it was there. Deleting again changes nothing."""
    entry = own_entry(entry, by)
    require(policy.worker_refusal(by, entry.week.engagement.contract))
    if entry.deleted_at is not None:
        return entry
    require(policy.can_change(by, entry))
    keep_trace(entry, EntryTrace.Kind.DELETED, at)
    entry.deleted_at = at
    entry.save(update_fields=["deleted_at"])
    _shorten_running(entry.week)
    record("timeentry.delete", entry, by=by, at=at, contract_id=entry.week.engagement.contract_id)
    return entry
