"""What may be agreed for work by the month, and who may give notice when."""

from datetime import date, datetime, timedelta

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts import policy as contracts
from nakadachi.market.contracts import refusals as no_contract
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.jobs import policy as jobs
from nakadachi.market.jobs.models import MONTH_SCOPE_LENGTH_MAX, Job
from nakadachi.market.monthly import months
from nakadachi.market.monthly import refusals as no
from nakadachi.market.monthly.drafts import PlanDraft
from nakadachi.market.monthly.models import NOTICE_DAYS_MAX, MonthlyPlan
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook

STARTS_WITHIN_DAYS = 365


def offer_refusal(proposal: Proposal, draft: PlanDraft, today: date) -> Refusal | None:
    """The first thing that speaks against the plan of an offer. Texts are tidy already."""
    if proposal.job.format != Job.Format.MONTHLY:
        return no.OTHER_FORMAT
    if not draft.month_scope:
        return jobs.MONTH_SCOPE_MISSING
    if len(draft.month_scope) > MONTH_SCOPE_LENGTH_MAX:
        return jobs.MONTH_SCOPE_TOO_LONG.with_params(length_max=MONTH_SCOPE_LENGTH_MAX)
    if draft.starts_on <= today:
        return no.START_PAST
    if draft.starts_on > today + timedelta(days=STARTS_WITHIN_DAYS):
        return no.START_FAR.with_params(days=STARTS_WITHIN_DAYS)
    fits = 1 <= draft.notice_days <= NOTICE_DAYS_MAX
    return None if fits else no.NOTICE_OUTSIDE.with_params(most=NOTICE_DAYS_MAX)


def can_give_notice(actor: Actor, contract: Contract, plan: MonthlyPlan, at: datetime) -> Refusal | None:
    """Either side, once, from the first day on."""
    if not contracts.is_party(actor, contract):
        return no_contract.NOT_PARTY
    if contract.status != Contract.Status.ACTIVE:
        return no_contract.NOT_ACTIVE
    if plan.status != "running":
        return no.NOTICE_GIVEN
    return no.NOT_BEGUN if jst_date(at) < plan.starts_on else None


def end_refusal(actor: Actor, contract: Contract) -> Refusal | None:
    """The client, once a month was paid for, gives notice: the worker has come to count on the next ones."""
    if not actor.is_member(contract.client_id):
        return None
    worked = Milestone.objects.filter(contract=contract, period_from__isnull=False, hold__funded_at__isnull=False)
    return no.NOTICE_FIRST if worked.exists() else None


def can_be_cut(month: Milestone) -> bool:
    """False of what was delivered or decided, and of what stands still: a notice leaves it as it is. Hold loaded."""
    return month.is_pending and month.status != Milestone.Status.DELIVERED and not month.is_frozen


def rate_refusal(contract: Contract, from_on: date) -> Refusal | None:
    """Another sum from a day on: what is set aside for a month from then on was agreed at the old one."""
    paid = Milestone.objects.filter(contract=contract, period_from__gte=from_on, hold__funded_at__isnull=False)
    last = paid.order_by("-period_from").first()
    return no.RATE_MONTH_PAID.with_params(title=last.title) if last else None


def notice_days_of(plan: MonthlyPlan, on: date) -> int:
    """How many days a notice given on that day takes."""
    rules = rulebook.current().monthly
    return months.notice_days(
        plan.starts_on,
        on,
        agreed_days=plan.notice_days,
        long_after_months=rules.long_after_months,
        long_days=rules.long_notice_days,
    )


def last_day(plan: MonthlyPlan, on: date) -> date:
    """The last day of work after a notice given on that day."""
    return on + timedelta(days=notice_days_of(plan, on))
