"""Reaches any state of work by the month through the real actions. The worked example: ¥50,000 a month."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.monthly import actions
from nakadachi.market.monthly.models import MonthlyPlan
from tests import walk
from tests.cast import by

MONTH_YEN = 50_000


def proposal(*, at: datetime = walk.START, amount_yen: int = MONTH_YEN, starts_on: date | None = None, **who):
    starts_on = starts_on or jst_date(at) + timedelta(days=29)
    closes_on = min(jst_date(at) + timedelta(days=14), starts_on - timedelta(days=1))
    job = walk.open_job(
        at=at,
        format="monthly",
        title="珈琲ブログの運用",
        month_scope="記事5本",
        budget_min_yen=amount_yen,
        budget_max_yen=amount_yen,
        closes_on=closes_on,
        starts_on=starts_on,
        client=who.get("client"),
    )
    return walk.proposal(job, worker=who.get("worker"), at=at, amount_yen=amount_yen, deliver_on=starts_on)


def draft(starts_on: date, **changes) -> actions.PlanDraft:
    return actions.PlanDraft(**{"month_scope": "記事5本", "starts_on": starts_on, "notice_days": 14, **changes})


def offered(*, at: datetime = walk.START, starts_on: date | None = None, **changes) -> Contract:
    who = {name: changes.pop(name) for name in ("client", "worker", "amount_yen") if name in changes}
    sent = proposal(at=at, starts_on=starts_on, **who)
    plan = draft(starts_on or sent.deliver_on, **changes)
    client = by(sent.job.client)
    return actions.offer(proposal=sent, scope=walk.SCOPE, plan=plan, request_key=uuid4(), by=client, at=at)


def agreed(*, at: datetime = walk.START, **changes) -> Contract:
    contract = offered(at=at, **changes)
    return contracts.confirm(contract=contract, by=by(contract.worker), at=at)


def months_of(contract: Contract) -> list[Milestone]:
    return list(
        Milestone.objects.filter(contract=contract)
        .select_related("contract__client", "contract__worker", "hold")
        .order_by("period_from")
    )


def month(contract: Contract, number: int = 1) -> Milestone:
    return months_of(contract)[number - 1]


def plan_of(contract: Contract) -> MonthlyPlan:
    return MonthlyPlan.objects.get(contract=contract)


def funded(*, at: datetime = walk.START, **changes) -> Contract:
    contract = agreed(at=at, **changes)
    walk.pay(month(contract), at=at)
    return contract


def next_month(contract: Contract) -> Milestone:
    """Written down at its own moment."""
    plan = plan_of(contract)
    assert actions.open_month(contract_id=contract.pk, at=plan.next_at)
    return months_of(contract)[-1]


def worked(contract: Contract, one: Milestone) -> Milestone:
    """Paid on its first day, delivered on its last, accepted the day after."""
    first, last = _noon(one.period_from), _noon(one.period_to)
    if not one.is_funded:
        walk.pay(one, at=first)
    walk.deliver(one, at=last)
    return walk.accept(one, at=last + timedelta(days=1))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=walk.START.tzinfo)
