"""The client offers work by the month for a proposal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts.actions import open_offer
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly import months, policy
from nakadachi.market.monthly.actions.opening import write_month
from nakadachi.market.monthly.drafts import PlanDraft
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.market.sourcing.models import Proposal


@transaction.atomic
def offer(
    *,
    proposal: Proposal,
    scope: str,
    plan: PlanDraft,
    revisions_max: int | None = None,
    request_key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Contract:
    """Choose a proposal and offer its worker work by the month, with the first month as a milestone.

    The same form again gives the offer it made.
    """
    plan = plan.tidied()

    def check(proposal: Proposal) -> Refusal | None:
        """The plan can be kept."""
        return policy.offer_refusal(proposal, plan, jst_date(at))

    contract, is_new = open_offer(
        proposal=proposal,
        scope=scope,
        revisions_max=revisions_max,
        check=check,
        request_key=request_key,
        by=by,
        at=at,
    )
    if is_new:
        _write(contract, plan)
    return contract


def _write(contract: Contract, plan: PlanDraft) -> None:
    made = MonthlyPlan.objects.create(
        contract=contract,
        month_scope=plan.month_scope,
        starts_on=plan.starts_on,
        anchor_day=plan.anchor_day,
        notice_days=plan.notice_days,
    )
    write_month(made, months.month_from(made.starts_on, made.anchor_day))


def reoffer(made: Contract, plan: MonthlyPlan) -> None:
    """The plan of a finished contract again, from the day after the answer is due; by calendar months if it was so."""
    starts_on = jst_date(made.answer_by) + months.DAY
    again = PlanDraft(plan.month_scope, starts_on, plan.notice_days, on_the_first=plan.starts_on.day != plan.anchor_day)
    _write(made, again)
