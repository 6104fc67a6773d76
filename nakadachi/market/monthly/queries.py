"""Reads of plans. Who may see the contract may see its plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import finding, prices
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.todos import is_paying_now
from nakadachi.market.monthly import months, policy
from nakadachi.market.monthly.models import MonthlyPlan

SETTLED = (Milestone.Status.HANDED_BACK, Milestone.Status.SETTLED)


@dataclass(frozen=True)
class Outlook:
    """What a notice given on a day would mean: the last day, and the part of its month with what that costs.

    `stays`: that month was delivered already or its money stands still, so the notice leaves it as it is. `is_settled`:
    its money went back, or was divided, so there is nothing left to cut.
    """

    days: int
    last_on: date
    part: months.Period
    whole: months.Period
    part_yen: Yen
    whole_yen: Yen
    stays: bool
    is_settled: bool

    @property
    def is_cut(self) -> bool:
        """True when the month in which the last day lies does not run to its end."""
        return not self.stays and self.part.to_on < self.whole.to_on


def plan_of(contract: Contract) -> MonthlyPlan:
    """The plan of a contract that the actor may see."""
    plan = MonthlyPlan.objects.select_related("notice_by").filter(contract=contract).first()
    if plan is None:
        raise NotVisible
    plan.contract = contract
    return plan


def find(actor: Actor, words: str, *, tab: str, after: str = "") -> Page[MonthlyPlan]:
    """For the operator's staff: the plans of many contracts, as `contracts.finding` looks for them."""
    plans = MonthlyPlan.objects.select_related("contract__client", "contract__worker", "contract__job")
    return finding.find(plans, actor, words, tab=tab, after=after)


def months_that_matter(plans: Sequence[MonthlyPlan]) -> dict[int, list[Milestone]]:
    """The months that wait for somebody or in which money lies, by contract id, in their order; in one query."""
    by_id = {plan.contract_id: plan.contract for plan in plans}
    found: dict[int, list[Milestone]] = {contract_id: [] for contract_id in by_id}
    wanted = Q(status__in=["open", "delivered"]) | Q(hold__status__in=["funded", "frozen"])
    written = Milestone.objects.filter(wanted, contract__in=by_id).select_related("hold")
    for month in written.annotate(is_paying=is_paying_now()).order_by("position"):
        month.contract = by_id[month.contract_id]
        found[month.contract_id].append(month)
    return found


def months_page(plan: MonthlyPlan, *, after: str = "", limit: int = 12) -> Page[Milestone]:
    """The months of a plan, the newest first, each with its hold."""
    written = Milestone.objects.filter(contract=plan.contract).select_related("hold")
    page = page_of(written.annotate(is_paying=is_paying_now()), order=("-position",), after=after, limit=limit)
    for month in page.rows:
        month.contract = plan.contract
    return page


def outlook(plan: MonthlyPlan, on: date) -> Outlook:
    """As `actions.give_notice` would do it on that day."""
    last_on = max(policy.last_day(plan, on), plan.starts_on)
    covers = {"period_from__lte": last_on, "period_to__gte": last_on}
    written = Milestone.objects.filter(contract=plan.contract, **covers).select_related("hold").first()
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
        stays=written is not None and not policy.can_be_cut(written),
        is_settled=written is not None and written.status in SETTLED,
    )


def prices_ahead(plan: MonthlyPlan, on: date) -> list[tuple[date, Yen]]:
    """What a month costs: that of a day, and of later ones that cost something else, each with its first day.

    A price holds for the months that begin on its day or later.
    """
    contract = plan.contract
    now_on = max(plan.starts_on, months.begins_on_or_before(min(on, plan.ends_on or on), plan.anchor_day))
    firsts = {first_month_at(plan, price.from_on) for price in prices.of(contract)}
    found = [(now_on, prices.on(contract, now_on))]
    for first_on in sorted(first_on for first_on in firsts if first_on > now_on):
        if plan.ends_on is not None and first_on > plan.ends_on:
            break
        if (yen := prices.on(contract, first_on)) != found[-1][1]:
            found.append((first_on, yen))
    return found


def first_month_at(plan: MonthlyPlan, day: date) -> date:
    """The first day of the first month that begins on that day or later."""
    if day <= plan.starts_on:
        return plan.starts_on
    return months.begins_after(day - months.DAY, plan.anchor_day)
