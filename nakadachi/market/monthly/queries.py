"""Reads of plans. Who may see the contract may see its plan."""

from dataclasses import dataclass
from datetime import date

from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import prices
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.monthly import months, policy
from nakadachi.market.monthly.models import MonthlyPlan


@dataclass(frozen=True)
class Outlook:
    """What a notice given on a day would mean: the last day, and the part of its month with what that costs."""

    days: int
    last_on: date
    part: months.Period
    whole: months.Period
    part_yen: Yen
    whole_yen: Yen

    @property
    def is_cut(self) -> bool:
        """True when the month in which the last day lies does not run to its end."""
        return self.part.to_on < self.whole.to_on


def plan_of(contract: Contract) -> MonthlyPlan:
    """The plan of a contract that the actor may see."""
    plan = MonthlyPlan.objects.select_related("notice_by").filter(contract=contract).first()
    if plan is None:
        raise NotVisible
    plan.contract = contract
    return plan


def outlook(plan: MonthlyPlan, on: date) -> Outlook:
    """As `actions.give_notice` would do it on that day."""
    last_on = max(policy.last_day(plan, on), plan.starts_on)
    written = Milestone.objects.filter(contract=plan.contract, period_from__lte=last_on, period_to__gte=last_on).first()
    if written is not None and written.period_from is not None and written.period_to is not None:
        whole, whole_yen = months.Period(written.period_from, written.period_to), written.amount_yen
    else:
        whole = months.whole_month(last_on, plan.anchor_day)
        whole_yen = prices.on(plan.contract, whole.from_on)
    part = months.Period(whole.from_on, last_on)
    return Outlook(
        days=policy.notice_days_of(plan, on),
        last_on=last_on,
        part=part,
        whole=whole,
        part_yen=months.share_yen(whole_yen, part, whole),
        whole_yen=whole_yen,
    )
