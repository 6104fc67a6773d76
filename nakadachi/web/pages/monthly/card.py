"""What the contract's page says about the months: the plan, what comes next, and the way to give notice."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly import policy, queries
from nakadachi.market.monthly.models import MonthlyPlan


@dataclass(frozen=True)
class MonthlyCard:
    """The card; `template` draws it. `later`: from which day a month costs something else."""

    plan: MonthlyPlan
    price_yen: Yen
    later: list[tuple[date, Yen]]
    notice_days: int
    notice_href: str
    template: str = "monthly/card.html"


def card_of(contract: Contract, actor: Actor, now: datetime) -> MonthlyCard:
    """For one of the two sides."""
    plan = queries.plan_of(contract)
    may = policy.can_give_notice(actor, contract, plan, now) is None
    (_, price_yen), *later = queries.prices_ahead(plan, jst_date(now))
    return MonthlyCard(
        plan=plan,
        price_yen=price_yen,
        later=later,
        notice_days=policy.notice_days_of(plan, max(jst_date(now), plan.starts_on)),
        notice_href=reverse("monthly:notice", args=[contract.pk]) if may else "",
    )
