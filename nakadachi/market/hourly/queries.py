"""Reads of hourly work. Seen by the two sides and by staff; everybody else gets `NotVisible`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import finding
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.policy import may_see
from nakadachi.market.hourly import weeks
from nakadachi.market.hourly.models import Engagement, EntryTrace, TimeEntry, WorkWeek
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments.lifecycle import PENDING
from nakadachi.money.payments.models import Payment

NEWEST = ("-monday", "-id")
WAITING = ("open", "reported", "returned", "answered")
_WAITS = (
    Q(status__in=WAITING, engagement__contract__status="active") | Q(pay_by__isnull=False) | Q(unpaid_at__isnull=False)
)


def _engagements() -> QuerySet[Engagement]:
    sides = ("contract__client", "contract__worker", "contract__job", "contract__proposal")
    return Engagement.objects.select_related(*sides).prefetch_related("rate_steps")


def engagement_for(actor: Actor, contract_id: int) -> Engagement:
    """The hours of a contract of the actor's."""
    engagement = _engagements().filter(contract_id=contract_id).first()
    if engagement is None or not may_see(actor, engagement.contract):
        raise NotVisible
    return engagement


def find(actor: Actor, words: str, *, tab: str, after: str = "") -> Page[Engagement]:
    """For the operator's staff: the hours of many contracts, as `contracts.finding` looks for them."""
    return finding.find(_engagements(), actor, words, tab=tab, after=after)


def weeks_that_matter(engagements: Sequence[Engagement]) -> dict[int, list[WorkWeek]]:
    """The weeks in which something waits, is owed, or money lies, by engagement id, in their order; in one query."""
    money = Q(hold__status__in=["funded", "frozen"])
    waits = Q(status__in=WAITING) | Q(pay_by__isnull=False) | Q(unpaid_at__isnull=False)
    by_id = {engagement.pk: engagement for engagement in engagements}
    found: dict[int, list[WorkWeek]] = {engagement_id: [] for engagement_id in by_id}
    for week in _weeks().filter(waits | money, engagement__in=by_id).order_by("monday"):
        week.engagement = by_id[week.engagement_id]
        found[week.engagement_id].append(week)
    return found


def _entries() -> "Prefetch[Any, Any, Any]":
    return Prefetch("entries", queryset=TimeEntry.objects.order_by("started_at", "pk"))


def _weeks() -> QuerySet[WorkWeek]:
    return WorkWeek.objects.select_related("hold").annotate(is_paying=_is_paying())


def _is_paying() -> Exists:
    """True while a payment for it is with the provider or the card's owner."""
    return Exists(Payment.objects.filter(purpose=PURPOSE, purpose_id=OuterRef("hold_id"), status__in=PENDING))


def week_for(actor: Actor, contract_id: int, week_id: int) -> WorkWeek:
    """One week of a contract of the actor's, with engagement, contract, sides and hold."""
    engagement = engagement_for(actor, contract_id)
    week = _weeks().prefetch_related(_entries()).filter(pk=week_id, engagement=engagement).first()
    if week is None:
        raise NotVisible
    return _within(engagement, [week])[0]


def weeks_page(engagement: Engagement, *, after: str = "", limit: int = 8) -> Page[WorkWeek]:
    """The weeks with their lines, the newest first."""
    found = _weeks().prefetch_related(_entries()).filter(engagement=engagement)
    page = page_of(found, order=NEWEST, after=after, limit=limit)
    _within(engagement, page.rows)
    return page


def open_weeks(engagement: Engagement) -> list[WorkWeek]:
    """The weeks in which something waits, or is owed, in their order."""
    waits = Q(status__in=WAITING) | Q(pay_by__isnull=False) | Q(unpaid_at__isnull=False) | Q(hold__status="frozen")
    found = _weeks().prefetch_related(_entries()).filter(waits, engagement=engagement)
    return _within(engagement, found.order_by("monday"))


def _within(engagement: Engagement, weeks: Sequence[WorkWeek] | QuerySet[WorkWeek]) -> list[WorkWeek]:
    found = list(weeks)
    for week in found:
        week.engagement = engagement
        for entry in week.entries.all():
            entry.week = week
    return found


def rests_yen(engagement: Engagement) -> int:
    """What is left of approved weeks and rolls on into the next one that is paid in."""
    found = WorkWeek.objects.filter(engagement=engagement, status="approved", hold__status="funded")
    return sum(week.hold.balance_yen for week in found.select_related("hold") if week.hold is not None)


def entry_for(actor: Actor, contract_id: int, week_id: int, entry_id: int) -> TimeEntry:
    """One recorded time of a week of the actor's, deleted ones included: nothing that stood there is hidden."""
    week = week_for(actor, contract_id, week_id)
    found = [entry for entry in week.entries.all() if entry.pk == entry_id]
    if not found:
        raise NotVisible
    return found[0]


def own_entry_for(actor: Actor, entry_id: int) -> TimeEntry:
    """A recorded time of the worker's own."""
    sides = "week__engagement__contract"
    entry = TimeEntry.objects.select_related(sides).filter(pk=entry_id, worker_id=actor.id).first()
    if entry is None:
        raise NotVisible
    return entry


def traces_of(entry: TimeEntry) -> list[EntryTrace]:
    """What stood in it before, the oldest first."""
    return list(EntryTrace.objects.filter(entry=entry))


def traces_of_week(week: WorkWeek) -> dict[int, list[EntryTrace]]:
    """The same of every line of a week, by entry id, in one query."""
    found: dict[int, list[EntryTrace]] = {}
    for trace in EntryTrace.objects.filter(entry__week=week):
        found.setdefault(trace.entry_id, []).append(trace)
    return found


def traced(week: WorkWeek) -> frozenset[int]:
    """The lines of a week that were changed: their ids."""
    return frozenset(EntryTrace.objects.filter(entry__week=week).values_list("entry_id", flat=True))


@dataclass(frozen=True)
class Tracker:
    """What the timer's page needs: the running time, what can be worked on now, and the times of today."""

    running: TimeEntry | None
    choices: list[tuple[Engagement, WorkWeek | None]]
    today: list[TimeEntry]


def tracker_for(actor: Actor, at: datetime, today: tuple[datetime, datetime]) -> Tracker:
    """The worker's own, in a fixed number of queries."""
    mine = _engagements().filter(contract__worker_id=actor.id, contract__status=Contract.Status.ACTIVE, stops_at=None)
    engagements = list(mine.order_by("contract_id"))
    monday = weeks.monday_at(at)
    found = {
        week.engagement_id: week
        for week in _weeks().prefetch_related(_entries()).filter(engagement__in=engagements, monday=monday)
    }
    for engagement in engagements:
        if engagement.pk in found:
            _within(engagement, [found[engagement.pk]])
    entries = TimeEntry.objects.select_related("week__engagement__contract", "week__hold").filter(worker_id=actor.id)
    running = entries.filter(ended_at=None).first()
    done = entries.filter(started_at__gte=today[0], started_at__lt=today[1], deleted_at=None, ended_at__isnull=False)
    return Tracker(
        running=running,
        choices=[(engagement, found.get(engagement.pk)) for engagement in engagements],
        today=list(done.order_by("started_at", "pk")),
    )


def all_entries(engagement: Engagement) -> list[TimeEntry]:
    """Every line of the contract that was not deleted, in order."""
    found = TimeEntry.objects.filter(week__engagement=engagement, deleted_at=None)
    return list(found.order_by("started_at", "pk"))


def events_of(contract: Contract) -> dict[str, list[int]]:
    """What the history of the hours is about: ids by model label."""
    return {
        "hourly.engagement": list(Engagement.objects.filter(contract=contract).values_list("pk", flat=True)),
        "hourly.workweek": list(WorkWeek.objects.filter(engagement__contract=contract).values_list("pk", flat=True)),
    }


def weeks_of_holds(hold_ids: Sequence[int]) -> dict[int, WorkWeek]:
    """What each of several holds is for, with sides and lines, by hold id. Who may see it is decided before."""
    sides = ("engagement__contract__client", "engagement__contract__worker", "hold")
    found = WorkWeek.objects.filter(hold_id__in=hold_ids).select_related(*sides)
    found = found.prefetch_related("entries", "engagement__rate_steps")
    return {week.hold_id: week for week in found if week.hold_id is not None}


def weeks_with_money(contract: Contract) -> list[WorkWeek]:
    """The weeks of a contract for which a hold was opened, in their order."""
    found = WorkWeek.objects.filter(engagement__contract=contract, hold__isnull=False)
    return list(found.select_related("hold", "engagement").order_by("monday"))


def unheld(contract_ids: Iterable[int]) -> set[int]:
    """Those of the contracts under which nothing is held. Who may see them is decided before."""
    found = Engagement.objects.filter(contract_id__in=list(contract_ids), holds_money=False)
    return set(found.values_list("contract_id", flat=True))


def waiting_of(member_id: int) -> list[WorkWeek]:
    """The weeks of a member's contracts, on either side, in which something waits or is owed."""
    sides = Q(engagement__contract__client_id=member_id) | Q(engagement__contract__worker_id=member_id)
    found = _weeks().filter(sides & _WAITS)
    joined = found.select_related("hold", "engagement__contract__client", "engagement__contract__worker")
    return list(joined.order_by("monday", "pk"))


def waiting_in(contract_ids: Sequence[int]) -> list[WorkWeek]:
    """The same of several contracts. Who may see them is decided before."""
    found = _weeks().filter(_WAITS, engagement__contract__in=contract_ids)
    return list(found.select_related("hold", "engagement").order_by("monday", "pk"))
