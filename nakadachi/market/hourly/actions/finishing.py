"""The work ends: by either side at any time, or by an agreed ending of the contract.

`finish` stops the work; what was recorded goes its way through report and approval, everything that did not begin goes
back at once. `settle` closes all weeks now, for an ending that both sides agreed on: what was recorded is paid, lines
that were sent back and not answered are not, the rest goes back. `end_renewal` lets the weeks that are there go on.
"""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import required_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import require
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import policy, refusals
from nakadachi.market.hourly.actions.closing import close_if_over, decide, pay_approved, refund_rests
from nakadachi.market.hourly.actions.tracking import end_at
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import entries_of, lock_engagement, lock_weeks
from nakadachi.market.hourly.models import REASON_LENGTH_MAX, Engagement, TimeEntry, WorkWeek
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import policy as escrow_policy
from nakadachi.money.escrow.paying import is_being_paid, require_none_on_its_way


@transaction.atomic
def finish(*, engagement: Engagement, reason: str, by: Actor, at: datetime) -> Engagement:
    """Stop the work now. Refused twice, and while a payment for a week is on its way."""
    engagement = lock_engagement(engagement.contract_id, by)
    require(policy.can_finish(by, engagement))
    reason = required_text(
        reason,
        missing=refusals.FINISH_REASON_MISSING,
        too_long=refusals.FINISH_REASON_TOO_LONG,
        length_max=REASON_LENGTH_MAX,
    )
    weeks = lock_weeks(engagement)
    for week in weeks:
        if week.is_pending and week.hold is not None:
            require_none_on_its_way(week.hold)
    return _stop(engagement, weeks, reason, by=by, at=at)


def _stop(engagement: Engagement, weeks: list[WorkWeek], reason: str, *, by: Actor, at: datetime) -> Engagement:
    _stop_timer(weeks, by=by, at=at)
    engagement.stops_at, engagement.next_week_at = at, None
    engagement.save(update_fields=["stops_at", "next_week_at"])
    contract_id = engagement.contract_id
    record("engagement.finish", engagement, by=by, at=at, contract_id=contract_id, reason=reason)
    for week in weeks:
        if week.status == WorkWeek.Status.OPEN and not week.is_frozen and not _has_work(week):
            _give_back(week, by=by, at=at)
    refund_rests(engagement, at=at)
    close_if_over(engagement, at=at)
    return engagement


@transaction.atomic
def end_renewal(*, engagement: Engagement, by: Actor, at: datetime) -> Engagement:
    """No further week follows. Weeks that are paid in, being paid, or running go on to their end, and the contract with
    the last of them; the others are dropped. Refused twice, and once the work has stopped."""
    engagement = lock_engagement(engagement.contract_id, by)
    require(policy.can_end_renewal(by, engagement))
    engagement.next_week_at = None
    engagement.save(update_fields=["next_week_at"])
    record("engagement.end_renewal", engagement, by=by, at=at, contract_id=engagement.contract_id)
    for week in lock_weeks(engagement):
        if _has_not_begun(week, at):
            _give_back(week, by=by, at=at)
    refund_rests(engagement, at=at)
    close_if_over(engagement, at=at)
    return engagement


def _has_not_begun(week: WorkWeek, at: datetime) -> bool:
    """Nobody has paid for it or worked in it; where nothing is held, it lies ahead."""
    if week.status != WorkWeek.Status.OPEN or week.is_funded or week.is_frozen or _has_work(week):
        return False
    is_paying = week.hold is not None and is_being_paid(week.hold)
    return not is_paying and (week.engagement.holds_money or at < week.starts_at)


def finish_by_rule(engagement: Engagement, *, at: datetime) -> None:
    """Too many weeks in a row were not paid in: nobody waits any longer. The contract is locked."""
    if policy.can_finish(SYSTEM, engagement) is None:
        _stop(engagement, lock_weeks(engagement), "", by=SYSTEM, at=at)


def _has_work(week: WorkWeek) -> bool:
    return any(entry.counts for entry in entries_of(week))


def _stop_timer(weeks: list[WorkWeek], *, by: Actor, at: datetime) -> None:
    running = TimeEntry.objects.filter(week__in=[week.pk for week in weeks], ended_at=None).first()
    if running is not None:
        running.week = next(week for week in weeks if week.pk == running.week_id)
        assert running.stop_at is not None
        end_at(running, min(at, running.stop_at), TimeEntry.Cut.ENDED, by=by, at=at)


def _give_back(week: WorkWeek, *, by: Actor, at: datetime) -> None:
    """Nothing was recorded in it: it is closed, and its money goes back."""
    columns = {"act_by": None, "fund_by": None, "closed_at": at}
    move(week, WORK_WEEK, "settle", by=by, at=at, event={"contract_id": week.engagement.contract_id}, **columns)
    if week.is_funded and week.hold is not None:
        week.hold = escrow.refund(hold=week.hold, by=SYSTEM, at=at)


def settle(contract: Contract, *, by: Actor, at: datetime) -> None:
    """For `contracts.formats.Format.settle`: the contract ends now, its weeks with it. The contract is locked."""
    engagement = lock_engagement(contract.pk, SYSTEM)
    engagement.contract = contract
    weeks = lock_weeks(engagement)
    for week in weeks:
        require(escrow_policy.FROZEN if week.is_frozen else None)
        if week.is_pending and week.hold is not None:
            require_none_on_its_way(week.hold)
    _stop_timer(weeks, by=by, at=at)
    engagement.stops_at, engagement.next_week_at = engagement.stops_at or at, None
    engagement.save(update_fields=["stops_at", "next_week_at"])
    for week in weeks:
        if week.is_pending:
            _settle(week, by=by, at=at)
    refund_rests(engagement, at=at)


def _settle(week: WorkWeek, *, by: Actor, at: datetime) -> None:
    """Paid by its minutes; where nothing is held, they stay owed."""
    entries = entries_of(week)
    decide(entries, TimeEntry.Decision.APPROVED)
    pay_approved(week, entries, by=SYSTEM, at=at)
    columns = {"act_by": None, "fund_by": None, "closed_at": at}
    event = {"contract_id": week.engagement.contract_id, "minutes": week.approved_minutes}
    move(week, WORK_WEEK, "settle", by=by, at=at, event=event, **columns)
    if week.is_funded and week.hold is not None:
        week.hold = escrow.refund(hold=week.hold, by=SYSTEM, at=at)
