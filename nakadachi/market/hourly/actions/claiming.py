"""What a mediation does to a week: its money and its clocks stand still, then it is divided or goes on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import begun_days
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.market.hourly import policy
from nakadachi.market.hourly.actions.closing import close_if_over, decide
from nakadachi.market.hourly.billing import cost_of, minutes_of
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import entries_of, lock_week
from nakadachi.market.hourly.models import TimeEntry, WorkWeek
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import freezing
from nakadachi.money.escrow.models import Hold


@dataclass(frozen=True)
class WeekClaims:
    """For `escrow.purposes.on_claimed["week"]`; see `escrow.purposes.OnClaimed`."""

    def lock(self, *, hold_id: int) -> Hold:
        """Contract, week, hold."""
        return _hold(_locked(hold_id))

    def contract_id_of(self, *, hold: Hold) -> int:
        """That of the week."""
        found = WorkWeek.objects.filter(hold=hold).values_list("engagement__contract_id", flat=True)
        return int(found[0])

    def by_rule_yen(self, *, hold: Hold) -> Yen:
        """What the recorded time costs, less what was paid before; the hold is for all hours of the week."""
        week = WorkWeek.objects.select_related("engagement").get(hold=hold)
        recorded = [entry for entry in entries_of(week) if not entry.is_running]
        return cost_of(recorded, week.engagement.rates, week.ends_at) - hold.released_yen

    def claimed(self, *, hold: Hold, claim_id: int, by: Actor, at: datetime) -> None:
        """Only this week stands still; the others of the contract go on."""
        week = _locked(hold.pk)
        require(policy.can_claim(by, week))
        freezing.claim(hold=_hold(week), claim_id=claim_id, by=by, at=at)
        record("workweek.claim", week, by=by, at=at, **_about(week, claim_id))

    def dropped(self, *, hold: Hold, claim_id: int, since: datetime, by: Actor, at: datetime) -> None:
        """The time for an answer that was lost is given back, in whole days."""
        week = _locked(hold.pk)
        freezing.unclaim(hold=_hold(week), claim_id=claim_id, by=by, at=at)
        if week.act_by is not None:
            week.act_by += begun_days(since, at)
            week.save(update_fields=["act_by"])
        record("workweek.unclaim", week, by=by, at=at, **_about(week, claim_id))

    def decided(self, *, hold: Hold, claim_id: int, worker_amount_yen: Yen, by: Actor, at: datetime) -> None:
        """The week is closed with what is left in it divided; what was approved is what it was settled at."""
        week = _locked(hold.pk)
        freezing.unclaim(hold=_hold(week), claim_id=claim_id, by=by, at=at)
        entries = entries_of(week)
        decide(entries, TimeEntry.Decision.DROPPED if worker_amount_yen == 0 else TimeEntry.Decision.APPROVED)
        approved = [entry for entry in entries if entry.decision == TimeEntry.Decision.APPROVED]
        event = {**_about(week, claim_id), "worker_amount_yen": worker_amount_yen}
        columns: dict[str, Any] = {"act_by": None, "fund_by": None, "closed_at": at}
        columns["approved_minutes"] = minutes_of(approved, at)
        columns["approved_yen"] = hold.released_yen + worker_amount_yen
        move(week, WORK_WEEK, "settle", by=by, at=at, event=event, **columns)
        week.hold = escrow.split(hold=hold, worker_amount_yen=worker_amount_yen, by=by, at=at)
        close_if_over(week.engagement, at=at)


def _locked(hold_id: int) -> WorkWeek:
    return lock_week(WorkWeek.objects.get(hold_id=hold_id), SYSTEM)


def _hold(week: WorkWeek) -> Hold:
    assert week.hold is not None
    return week.hold


def _about(week: WorkWeek, claim_id: int) -> dict[str, int]:
    return {"contract_id": week.engagement.contract_id, "hold_id": week.hold_id or 0, "claim_id": claim_id}
