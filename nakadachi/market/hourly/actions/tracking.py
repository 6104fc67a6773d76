"""The timer: start, a sign of life, stop. The server's clock counts; one timer runs per worker.

A timer stops at `stop_at` by itself: after the longest time without a sign, when the week's hours are used up, or at
the week's end, where it goes on in the next week if that is paid in.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import NotVisible, Refused, require
from nakadachi.market.hourly import dates, policy, refusals, weeks
from nakadachi.market.hourly.billing import minutes_of
from nakadachi.market.hourly.locking import entries_of, lock_engagement, lock_entry, lock_week
from nakadachi.market.hourly.minutes import full_at
from nakadachi.market.hourly.models import MEMO_LENGTH_MAX, Engagement, TimeEntry, WorkWeek

Cut = TimeEntry.Cut


@transaction.atomic
def start(*, engagement: Engagement, memo: str = "", request_key: UUID, by: Actor, at: datetime) -> TimeEntry:
    """Start the timer. The same form again gives the time it started; a second timer is refused."""
    engagement = lock_engagement(engagement.contract_id, by)
    week = week_at(engagement, at)
    entries = entries_of(week) if week is not None else []
    require(policy.worker_refusal(by, engagement.contract))
    known = TimeEntry.objects.filter(request_key=request_key, week__engagement=engagement).first()
    if known is not None:
        return known
    require(policy.can_start(by, week, engagement, entries, at))
    assert week is not None
    entry = _run(week, at, checked_memo(memo), key=request_key, seen_at=at)
    record("timeentry.start", entry, by=by, at=at, contract_id=engagement.contract_id)
    return entry


def week_at(engagement: Engagement, at: datetime) -> WorkWeek | None:
    """The engagement's week in which a moment lies, locked."""
    week = WorkWeek.objects.filter(engagement=engagement, monday=weeks.monday_at(at)).first()
    return lock_week(week, SYSTEM) if week is not None else None


def checked_memo(memo: str) -> str:
    """The memo in one tidy line."""
    memo = tidy_line(memo)
    if len(memo) > MEMO_LENGTH_MAX:
        raise Refused(refusals.MEMO_TOO_LONG.with_params(length_max=MEMO_LENGTH_MAX))
    return memo


def _run(week: WorkWeek, start_at: datetime, memo: str, *, key: UUID, seen_at: datetime) -> TimeEntry:
    entry = TimeEntry(
        week=week,
        worker_id=week.engagement.contract.worker_id,
        started_at=start_at,
        memo=memo,
        seen_at=seen_at,
        request_key=key,
    )
    entry.stop_at, _ = stops(entry, week, entries_of(week))
    save(entry)
    return entry


def save(entry: TimeEntry) -> None:
    """Write it, unless another time of the worker is in the way: the database itself refuses that."""
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as problem:
        if not any(name in str(problem) for name in ("timer_runs_once", "entry_never_overlaps")):
            raise
        running = TimeEntry.objects.filter(worker_id=entry.worker_id, ended_at=None).exclude(pk=entry.pk)
        clash = refusals.TIMER_RUNS if entry.is_running and running.exists() else refusals.OVERLAP
        raise Refused(clash) from problem


def stops(entry: TimeEntry, week: WorkWeek, entries: Sequence[TimeEntry]) -> tuple[datetime, Cut]:
    """When a running timer stops by itself, and why. `entries` are the lines of its week."""
    assert entry.seen_at is not None
    others = [other for other in entries if other.pk != entry.pk]
    left = max(0, week.minutes_max - minutes_of(others, entry.started_at))
    ends = [
        (week.ends_at, Cut.WEEK),
        (full_at(entry.started_at, left), Cut.LIMIT),
        (dates.timer_stops_at(entry.seen_at), Cut.FORGOTTEN),
    ]
    moment, why = min(ends, key=lambda end: end[0])
    return max(moment, entry.started_at), why


@transaction.atomic
def still_working(*, entry: TimeEntry, by: Actor, at: datetime) -> TimeEntry:
    """The worker is there: the time without a sign counts from now. Refused when it was stopped meanwhile.

    What was cut at the week's end and went on is the time that is meant.
    """
    entry = _meant(own_entry(entry, by), at)
    if not entry.is_running or (entry.stop_at is not None and at >= entry.stop_at):
        raise Refused(refusals.TIMER_STOPPED)
    entry.seen_at = at
    entry.stop_at, _ = stops(entry, entry.week, entries_of(entry.week))
    entry.save(update_fields=["seen_at", "stop_at"])
    return entry


@transaction.atomic
def stop(*, entry: TimeEntry, memo: str | None = None, by: Actor, at: datetime) -> TimeEntry:
    """Stop the timer, now or when it had to stop by itself, whichever was first. Stopping again changes nothing.

    A page that was opened before the week's end names the time of the old week: what went on in the new one is stopped.
    """
    entry = _meant(own_entry(entry, by), at)
    if not entry.is_running:
        return entry
    if memo is not None:
        entry.memo = checked_memo(memo)
    assert entry.stop_at is not None
    is_late = at >= entry.stop_at
    why = stops(entry, entry.week, entries_of(entry.week))[1] if is_late else None
    return end_at(entry, min(at, entry.stop_at), why, by=by, at=at)


def _meant(entry: TimeEntry, at: datetime) -> TimeEntry:
    """The entry, or the running one in which it goes on behind the end of its week, whether the clock came or not."""
    stop_by_rule(entry=entry, at=at)
    entry = lock_entry(entry, SYSTEM)
    if entry.cut != Cut.WEEK:
        return entry
    ends_at = weeks.ends_at(entry.week.monday)
    more = TimeEntry.objects.filter(week__engagement=entry.week.engagement, started_at=ends_at, ended_at=None).first()
    return entry if more is None else lock_entry(more, SYSTEM)


def own_entry(entry: TimeEntry, by: Actor) -> TimeEntry:
    """The entry, locked, for its worker."""
    fresh = lock_entry(entry, by)
    if not (by.is_system or by.is_member(fresh.worker_id)):
        raise NotVisible
    return fresh


@transaction.atomic
def stop_by_rule(*, entry: TimeEntry, at: datetime) -> bool:
    """Its time has come: it ends at `stop_at`, whenever that is noticed; at the week's end it may go on."""
    entry = lock_entry(entry, SYSTEM)
    if not entry.is_running or entry.stop_at is None or at < entry.stop_at:
        return False
    until = entry.stop_at
    why = stops(entry, entry.week, entries_of(entry.week))[1]
    seen_at, memo, engagement = entry.seen_at, entry.memo, entry.week.engagement
    end_at(entry, until, why, by=SYSTEM, at=at)
    if why == Cut.WEEK and seen_at is not None:
        _go_on(engagement, until, memo, seen_at, at)
    return True


def _go_on(engagement: Engagement, start_at: datetime, memo: str, seen_at: datetime, at: datetime) -> None:
    """Over the week's end without a break, when the next week can be recorded in."""
    week = week_at(engagement, start_at)
    worker = Actor.member(engagement.contract.worker_id)
    if week is None or policy.can_start(worker, week, engagement, entries_of(week), start_at) is not None:
        return
    entry = _run(week, start_at, memo, key=uuid4(), seen_at=seen_at)
    record("timeentry.start", entry, by=SYSTEM, at=at, contract_id=engagement.contract_id)


def end_at(entry: TimeEntry, until: datetime, why: Cut | None, *, by: Actor, at: datetime) -> TimeEntry:
    """Close a running time at a moment, in one line per day. The entry is locked."""
    pieces = list(weeks.cut_at_midnights(entry.started_at, until)) or [(entry.started_at, entry.started_at)]
    entry.ended_at, entry.stop_at = pieces[0][1], None
    entry.cut = why or ""
    entry.save(update_fields=["ended_at", "stop_at", "cut", "memo"])
    for started_at, ended_at in pieces[1:]:
        TimeEntry.objects.create(
            week=entry.week,
            worker_id=entry.worker_id,
            started_at=started_at,
            ended_at=ended_at,
            memo=entry.memo,
            cut=entry.cut,
            seen_at=entry.seen_at,
        )
    event = {"contract_id": entry.week.engagement.contract_id, "ended_at": until.isoformat(), "why": why or ""}
    record("timeentry.cut" if why else "timeentry.stop", entry, by=by, at=at, **event)
    return entry
