"""What follows by itself: the approved minutes are paid, what is left waits for the next week or goes back, a contract
whose work has stopped is over with its last week."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.market.contracts.actions.closing import overtake_change, overtake_end
from nakadachi.market.contracts.lifecycle import CONTRACT
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import dates
from nakadachi.market.hourly.billing import cost_of, minutes_of
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import lock_weeks
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from nakadachi.money.escrow import actions as escrow

Decision = TimeEntry.Decision


def pay_approved(week: WorkWeek, entries: Sequence[TimeEntry], *, by: Actor, at: datetime) -> None:
    """Release what all approved lines cost, less what was released before: every minute is paid once."""
    approved = [entry for entry in entries if entry.decision == Decision.APPROVED]
    week.approved_minutes = minutes_of(approved, at)
    week.approved_yen = cost_of(approved, week.engagement.rates, at)
    week.save(update_fields=["approved_minutes", "approved_yen"])
    if week.hold is None or not week.engagement.holds_money:
        return
    part_yen = week.approved_yen - week.hold.released_yen
    if part_yen:
        actor = by if by.is_member(week.engagement.contract.client_id) else SYSTEM
        week.hold = escrow.release(hold=week.hold, amount_yen=part_yen, by=actor, at=at)


def approve_week(week: WorkWeek, entries: Sequence[TimeEntry], *, by: Actor, at: datetime) -> WorkWeek:
    """Everything is decided: undecided lines are approved and paid; the week is over. Locked, and allowed."""
    decide(entries, Decision.APPROVED)
    pay_approved(week, entries, by=by, at=at)
    owes = not week.engagement.holds_money and week.approved_yen > 0
    columns: dict[str, Any] = {"act_by": None, "fund_by": None, "closed_at": at}
    columns["pay_by"] = dates.pay_by(at) if owes else None
    event = {
        "contract_id": week.engagement.contract_id,
        "minutes": week.approved_minutes,
        "amount_yen": week.approved_yen,
    }
    move(week, WORK_WEEK, "approve", by=by, at=at, event=event, **columns)
    if not week.engagement.goes_on:
        refund_rests(week.engagement, at=at)
    close_if_over(week.engagement, at=at)
    return week


def decide(entries: Sequence[TimeEntry], decision: str) -> None:
    """Every line of which nothing is decided yet."""
    open_lines = [entry for entry in entries if entry.decision == Decision.NONE and entry.deleted_at is None]
    for entry in open_lines:
        entry.decision = decision
    TimeEntry.objects.bulk_update(open_lines, ["decision"])


def refund_rests(engagement: Engagement, *, at: datetime) -> None:
    """What is left in approved weeks goes back to the client. A hold that is frozen waits for its decision."""
    for week in lock_weeks(engagement):
        if week.status == WorkWeek.Status.APPROVED and week.is_funded and week.hold is not None:
            escrow.refund(hold=week.hold, by=SYSTEM, at=at)


def close_if_over(engagement: Engagement, *, at: datetime) -> None:
    """No week follows and none waits for anything: the contract is completed. The contract is locked.

    A week that the client never paid for keeps nobody: it can still be paid after the end.
    """
    contract = engagement.contract
    if engagement.goes_on or contract.status != Contract.Status.ACTIVE:
        return
    weeks = lock_weeks(engagement)
    waits = any(week.is_pending or week.is_frozen or week.pay_by is not None for week in weeks)
    if not waits:
        overtake_end(contract, at=at)
        overtake_change(contract, (), at=at)
        worked = any(week.approved_minutes for week in weeks)
        move(contract, CONTRACT, "complete" if worked else "end", by=SYSTEM, at=at, closed_at=at)
