"""Taking hold of what an action decides on: contract, engagement, weeks, holds, in this order."""

from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts.locking import lock_contract
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from nakadachi.money.escrow.models import Hold


def lock_engagement(contract_id: int, by: Actor) -> Engagement:
    """The hours of a contract, both locked; `NotVisible` for anybody who has no part in it."""
    contract = lock_contract(contract_id, by)
    found = locked(Engagement, contract_id=contract_id)
    if not found:
        raise NotVisible
    found[0].contract = contract
    return found[0]


def lock_weeks(engagement: Engagement) -> list[WorkWeek]:
    """All weeks of a locked engagement in their order, each with its hold, all locked."""
    weeks = sorted(locked(WorkWeek, engagement_id=engagement.pk), key=lambda week: week.monday)
    hold_ids = [week.hold_id for week in weeks if week.hold_id is not None]
    holds = {hold.pk: hold for hold in locked(Hold, id=hold_ids)} if hold_ids else {}
    for week in weeks:
        week.engagement = engagement
        week.hold = holds.get(week.hold_id) if week.hold_id is not None else None
    return weeks


def lock_week(week: WorkWeek, by: Actor) -> WorkWeek:
    """One week with its engagement, contract and hold, all locked."""
    contract_id = Engagement.objects.values_list("contract_id", flat=True).get(pk=week.engagement_id)
    engagement = lock_engagement(contract_id, by)
    fresh = locked(WorkWeek, id=week.pk)[0]
    fresh.engagement = engagement
    fresh.hold = locked(Hold, id=fresh.hold_id)[0] if fresh.hold_id is not None else None
    return fresh


def lock_entry(entry: TimeEntry, by: Actor) -> TimeEntry:
    """One recorded time with its week, all locked."""
    week = lock_week(WorkWeek.objects.get(pk=entry.week_id), by)
    fresh = locked(TimeEntry, id=entry.pk)[0]
    fresh.week = week
    return fresh


def entries_of(week: WorkWeek) -> list[TimeEntry]:
    """The lines of a week that were not deleted; the week is locked, and with it they are."""
    entries = list(TimeEntry.objects.filter(week=week, deleted_at=None))
    for entry in entries:
        entry.week = week
    return entries
