"""The client approves a week, or sends lines back, each with its reason. What is approved is paid at once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.hourly import dates, policy, refusals
from nakadachi.market.hourly.actions.closing import approve_week, decide, pay_approved
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import entries_of, lock_week
from nakadachi.market.hourly.models import REASON_LENGTH_MAX, TimeEntry, WorkWeek

Decision = TimeEntry.Decision


@transaction.atomic
def review(*, week: WorkWeek, returned: Mapping[int, str] | None = None, by: Actor, at: datetime) -> WorkWeek:
    """Approve every line but those in `returned`, which go back with a reason by entry id. Lines go back once only."""
    week = lock_week(week, by)
    returned = returned or {}
    require(policy.can_send_back(by, week, at) if returned else policy.can_review(by, week, at))
    entries = entries_of(week)
    reasons = _checked(returned, entries)
    if not reasons:
        return approve_week(week, entries, by=by, at=at)
    for entry in entries:
        if entry.pk in reasons:
            entry.decision, entry.return_reason = Decision.RETURNED, reasons[entry.pk]
    TimeEntry.objects.bulk_update([entry for entry in entries if entry.pk in reasons], ["decision", "return_reason"])
    decide(entries, Decision.APPROVED)
    pay_approved(week, entries, by=by, at=at)
    event = {"contract_id": week.engagement.contract_id, "lines": len(reasons), "minutes": week.approved_minutes}
    return move(week, WORK_WEEK, "send_back", by=by, at=at, event=event, act_by=dates.answer_by(at))


def _checked(returned: Mapping[int, str], entries: list[TimeEntry]) -> dict[int, str]:
    known = {entry.pk for entry in entries if entry.decision == Decision.NONE}
    reasons = {entry_id: tidy_text(reason) for entry_id, reason in returned.items()}
    for entry_id, reason in reasons.items():
        if entry_id not in known:
            raise Refused(refusals.LINE_UNKNOWN)
        if not reason:
            raise Refused(refusals.RETURN_REASON_MISSING.in_field(f"reason_{entry_id}"))
        if len(reason) > REASON_LENGTH_MAX:
            too_long = refusals.RETURN_REASON_TOO_LONG.with_params(length_max=REASON_LENGTH_MAX)
            raise Refused(too_long.in_field(f"reason_{entry_id}"))
    return reasons
