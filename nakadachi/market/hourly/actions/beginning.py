"""The first week with the agreement, and then one week after the other, each made a week ahead."""

from datetime import date, datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.market.contracts import prices
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import dates, weeks
from nakadachi.market.hourly.locking import lock_engagement
from nakadachi.market.hourly.models import Engagement, RateStep, WorkWeek


def begin(*, contract: Contract, by: Actor, at: datetime) -> Engagement:
    """The worker agreed: the rate holds from the first day, and the first week waits for its money.

    The contract is locked. When the first day falls into the running week, the week after it is made too.
    """
    engagement = locked(Engagement, contract_id=contract.pk)[0]
    engagement.contract = contract
    RateStep.objects.create(
        engagement=engagement, from_on=engagement.starts_on, rate_yen=contract.amount_yen, agreed_at=at
    )
    first = weeks.monday_of(engagement.starts_on)
    _make(engagement, first, is_first=True, by=by, at=at)
    _schedule(engagement, first)
    if engagement.next_week_at is not None and engagement.next_week_at <= at:
        _make_next(engagement, by=by, at=at)
    return engagement


def reprice(engagement: Engagement, from_on: date, *, at: datetime) -> RateStep:
    """Another rate was agreed from a day on (`contracts.prices`). The contract is locked."""
    rate_yen = prices.on(engagement.contract, from_on)
    step, _made = RateStep.objects.update_or_create(
        engagement=engagement, from_on=from_on, defaults={"rate_yen": rate_yen, "agreed_at": at}
    )
    return step


@transaction.atomic
def open_next_week(*, engagement: Engagement, at: datetime) -> bool:
    """A week has begun: the one after it is made, so that it can be paid in until Sunday."""
    engagement = lock_engagement(engagement.contract_id, SYSTEM)
    if engagement.next_week_at is None or at < engagement.next_week_at:
        return False
    _make_next(engagement, by=SYSTEM, at=at)
    return True


def _make_next(engagement: Engagement, *, by: Actor, at: datetime) -> None:
    """Weeks that passed while nobody looked are not made up: the one after the running week is next."""
    monday = weeks.next_monday(weeks.monday_at(at))
    if not WorkWeek.objects.filter(engagement=engagement, monday=monday).exists():
        _make(engagement, monday, is_first=False, by=by, at=at)
    _schedule(engagement, monday)


def _make(engagement: Engagement, monday: date, *, is_first: bool, by: Actor, at: datetime) -> WorkWeek:
    """The first week can be paid in while it runs, all others until they begin."""
    fund_by = weeks.ends_at(monday) if is_first else weeks.begins_at(monday)
    week = WorkWeek.objects.create(
        engagement=engagement,
        monday=monday,
        minutes_max=engagement.weekly_minutes,
        fund_by=fund_by if engagement.holds_money else None,
        act_by=dates.report_by(monday),
    )
    record("workweek.open", week, by=by, at=at, contract_id=engagement.contract_id, monday=monday.isoformat())
    return week


def _schedule(engagement: Engagement, last: date) -> None:
    engagement.next_week_at = weeks.begins_at(last)
    engagement.save(update_fields=["next_week_at"])
