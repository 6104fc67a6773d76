"""A month is written down: a milestone with its days and its price, a while before it begins."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import start_of_day
from nakadachi.market.contracts import prices, timers
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.monthly import months
from nakadachi.market.monthly.lifecycle import PLAN
from nakadachi.market.monthly.locking import lock_plan
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.money import rulebook
from nakadachi.money.escrow import adjusting


def begin(contract: Contract, *, by: Actor, at: datetime) -> None:
    """The worker has agreed: the price stands, and months follow the one that was offered. The contract is locked."""
    plan = lock_plan(contract)
    prices.agree(contract, from_on=plan.starts_on, amount_yen=contract.amount_yen, at=at)
    following_on = months.month_from(plan.starts_on, plan.anchor_day).to_on + months.DAY
    move(plan, PLAN, "begin", by=by, at=at, **_next(following_on))


@transaction.atomic
def open_month(*, contract_id: int, at: datetime) -> bool:
    """Write down the month that is due. False when nothing is due any more."""
    contract = lock_contract(contract_id, SYSTEM)
    plan = lock_plan(contract)
    if contract.status != Contract.Status.ACTIVE or plan.next_at is None or at < plan.next_at:
        return False
    open_next(plan, at=at)
    return True


def open_next(plan: MonthlyPlan, *, at: datetime) -> Milestone:
    """The next month, cut short where the plan ends within it. After the last, the plan is stopped. Plan locked."""
    assert plan.next_from is not None
    contract, period = plan.contract, months.month_from(plan.next_from, plan.anchor_day, plan.ends_on)
    month = write_month(plan, period)
    event = {"contract_id": contract.pk, "from_on": period.from_on.isoformat(), "to_on": period.to_on.isoformat()}
    record("milestone.write_month", month, by=SYSTEM, at=at, amount_yen=month.amount_yen, **event)
    following_on = period.to_on + months.DAY
    if plan.ends_on is not None and following_on > plan.ends_on:
        stop(plan, by=SYSTEM, at=at)
    else:
        _save(plan, _next(following_on))
    return month


def write_month(plan: MonthlyPlan, period: months.Period) -> Milestone:
    """The milestone of a month, at the price that holds on its first day."""
    contract, rules = plan.contract, rulebook.current().monthly
    last = Milestone.objects.filter(contract=contract).aggregate(last=Max("position"))["last"] or 0
    return Milestone.objects.create(
        contract=contract,
        position=last + 1,
        title=title_of(period),
        amount_yen=months.pro_rata_yen(prices.on(contract, period.from_on), period, plan.anchor_day),
        due_on=period.to_on,
        period_from=period.from_on,
        period_to=period.to_on,
        fund_by=timers.last_minute(period.from_on + timedelta(days=rules.start_days)),
    )


def reprice(plan: MonthlyPlan, from_on: date, *, at: datetime) -> None:
    """Months from a day on that nobody has paid yet cost the sum that holds now. Contract and plan are locked."""
    for month in lock_milestones(plan.contract):
        if month.period_from is None or month.period_from < from_on or not month.is_pending or month.is_funded:
            continue
        assert month.period_to is not None
        period = months.Period(month.period_from, month.period_to)
        month.amount_yen = months.pro_rata_yen(prices.on(plan.contract, period.from_on), period, plan.anchor_day)
        if month.hold is not None and month.hold.status == "unfunded":
            adjusting.reprice_unpaid(hold=month.hold, amount_yen=month.amount_yen, by=SYSTEM, at=at)
        month.save(update_fields=["amount_yen"])


def title_of(period: months.Period) -> str:
    """As it stands in the written terms, which are Japanese: 2026年12月15日〜2027年1月14日分."""
    first, last = period.from_on, period.to_on
    year = f"{last.year}年" if last.year != first.year else ""
    return f"{first.year}年{first.month}月{first.day}日〜{year}{last.month}月{last.day}日分"


def stop(plan: MonthlyPlan, *, by: Actor, at: datetime, ends_on: date | None = None) -> None:
    """No month follows. Does nothing to a plan that is stopped already, or never began. Plan locked."""
    if not plan.goes_on:
        return
    columns: dict[str, Any] = {"next_from": None, "next_at": None, "ends_on": ends_on or plan.ends_on}
    event = {"contract_id": plan.contract_id}
    move(plan, PLAN, "stop", by=by, at=at, event=event, **columns)


def _next(from_on: date) -> dict[str, Any]:
    ahead = timedelta(days=rulebook.current().monthly.ahead_days)
    return {"next_from": from_on, "next_at": start_of_day(from_on - ahead)}


def _save(plan: MonthlyPlan, columns: dict[str, Any]) -> None:
    for column, value in columns.items():
        setattr(plan, column, value)
    plan.save(update_fields=list(columns))
