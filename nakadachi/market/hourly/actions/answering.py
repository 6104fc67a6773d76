"""The worker answers what was sent back: explains, corrects the time, or takes the line out. Silence takes it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.hourly import dates, policy, refusals
from nakadachi.market.hourly.actions.closing import approve_week
from nakadachi.market.hourly.actions.editing import keep_trace
from nakadachi.market.hourly.actions.tracking import save
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import entries_of, lock_week
from nakadachi.market.hourly.models import REASON_LENGTH_MAX, EntryTrace, TimeEntry, WorkWeek

Decision = TimeEntry.Decision


@dataclass(frozen=True)
class Answer:
    """What the worker says to one line: kept with a text, kept with other times, or dropped."""

    text: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    drop: bool = False


@transaction.atomic
def answer(*, week: WorkWeek, answers: Mapping[int, Answer], by: Actor, at: datetime) -> WorkWeek:
    """Every line that was sent back is answered, all at once; then the client looks at them for the last time.

    The system answers for a silent worker by taking them out. When no line is left, the week is over.
    """
    week = lock_week(week, by)
    require(policy.can_answer(by, week, at))
    entries = entries_of(week)
    returned = [entry for entry in entries if entry.decision == Decision.RETURNED]
    if by.is_system:
        answers = {entry.pk: Answer(drop=True) for entry in returned}
    if {entry.pk for entry in returned} != set(answers):
        raise Refused(refusals.ANSWER_MISSING)
    for entry in returned:
        _apply(entry, answers[entry.pk], entries, at)
    if all(entry.decision != Decision.NONE for entry in returned):
        return approve_week(week, entries, by=by, at=at)
    event = {"contract_id": week.engagement.contract_id, "lines": len(returned)}
    return move(week, WORK_WEEK, "answer", by=by, at=at, event=event, act_by=dates.last_review_by(at))


def _apply(entry: TimeEntry, said: Answer, entries: list[TimeEntry], at: datetime) -> None:
    if said.drop:
        entry.decision = Decision.DROPPED
        entry.save(update_fields=["decision"])
        return
    text = tidy_text(said.text)
    if len(text) > REASON_LENGTH_MAX:
        too_long = refusals.RETURN_REASON_TOO_LONG.with_params(length_max=REASON_LENGTH_MAX)
        raise Refused(too_long.in_field(f"text_{entry.pk}"))
    started_at, ended_at = said.started_at or entry.started_at, said.ended_at or entry.ended_at
    assert ended_at is not None
    is_moved = (started_at, ended_at) != (entry.started_at, entry.ended_at)
    if not text and not is_moved:
        raise Refused(refusals.ANSWER_MISSING.in_field(f"text_{entry.pk}"))
    if is_moved:
        _correct(entry, started_at, ended_at, entries, at)
    entry.answer, entry.decision = text, Decision.NONE
    save(entry)


def _correct(
    entry: TimeEntry, started_at: datetime, ended_at: datetime, entries: list[TimeEntry], at: datetime
) -> None:
    """Other times of the same day, and no more of them."""
    others = [other for other in entries if other.pk != entry.pk]
    refusal = policy.times_refusal(entry.week, started_at, ended_at, others, at) or policy.correction_refusal(
        entry, started_at, ended_at
    )
    if refusal is not None:
        raise Refused(refusal.in_field(f"ended_{entry.pk}"))
    keep_trace(entry, EntryTrace.Kind.CORRECTED, at)
    entry.started_at, entry.ended_at = started_at, ended_at
    entry.is_edited = True
    entry.source = TimeEntry.Source.MANUAL
