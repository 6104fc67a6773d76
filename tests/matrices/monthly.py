"""Plans of work by the month: whether further months follow."""

from datetime import date, datetime
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import EndProposal
from nakadachi.market.monthly import actions
from nakadachi.market.monthly.lifecycle import PLAN
from nakadachi.market.monthly.models import MonthlyPlan
from tests import cast, monthly
from tests.cast import by
from tests.hours import moment
from tests.matrices.table import BOTH, THE_CLOCK, Act, Table, who

STARTS_ON = date(2026, 12, 1)
FIRST_DAY = moment(1, month=12)
NEXT_DAY = moment(2, month=12)
NOTICE_DAYS = 40
"""Longer than a month, so that one more month follows a notice."""


def funded() -> MonthlyPlan:
    contract = monthly.funded(starts_on=STARTS_ON, notice_days=NOTICE_DAYS)
    end = {monthly.month(contract).pk: 10_000}
    contracts.propose_end(
        contract=contract, settlement=end, reason="都合により", request_key=uuid4(), by=by(cast.minato()), at=FIRST_DAY
    )
    return monthly.plan_of(contract)


def leaving() -> MonthlyPlan:
    """The worker has given notice; the ending that the client had proposed fell with it, and is proposed again."""
    plan = funded()
    actions.give_notice(contract=plan.contract, reason="多忙のため", by=by(cast.hanako()), at=FIRST_DAY)
    contracts.propose_end(
        contract=plan.contract,
        settlement={monthly.month(plan.contract).pk: 10_000},
        reason="都合により",
        request_key=uuid4(),
        by=by(cast.minato()),
        at=FIRST_DAY,
    )
    return plan


def unpaid() -> MonthlyPlan:
    return monthly.plan_of(monthly.agreed(starts_on=STARTS_ON))


def stopped() -> MonthlyPlan:
    plan = unpaid()
    month = monthly.month(plan.contract)
    actions.not_begun(milestone_id=month.pk, at=month.fund_by)
    return plan


def leave_out(plan: MonthlyPlan, actor: Actor, at: datetime) -> object:
    month = monthly.month(plan.contract)
    return actions.not_begun(milestone_id=month.pk, at=month.fund_by)


def agree_to_end(plan: MonthlyPlan, actor: Actor, at: datetime) -> object:
    """The other side's answer to the proposal that waits; without one, the attempt to propose it."""
    end = EndProposal.objects.filter(contract=plan.contract, status="open").first()
    if end is not None:
        return contracts.accept_end(end=end, by=actor, at=at)
    return contracts.propose_end(
        contract=plan.contract, settlement={}, reason="都合により", request_key=uuid4(), by=actor, at=at
    )


def write_the_next(plan: MonthlyPlan, actor: Actor, at: datetime) -> object:
    return actions.open_month(contract_id=plan.contract_id, at=plan.next_at or at)


PLANS = Table(
    PLAN,
    MonthlyPlan,
    states={
        "offered": lambda: monthly.plan_of(monthly.offered(starts_on=STARTS_ON)),
        "running": funded,
        "running:unpaid": unpaid,
        "leaving": leaving,
        "stopped": stopped,
    },
    acts={
        "begin": Act(lambda plan, actor, at: contracts.confirm(contract=plan.contract, by=actor, at=at), who("worker")),
        "give_notice": Act(
            lambda plan, actor, at: actions.give_notice(contract=plan.contract, reason="終了", by=actor, at=at),
            BOTH,
            at=NEXT_DAY,
            only_in=who("running"),
            not_in=who("running:unpaid"),  # what was never paid is cut away, and the plan stops at once
        ),
        "give_notice:before_it_began": Act(
            lambda plan, actor, at: actions.give_notice(contract=plan.contract, reason="終了", by=actor, at=at),
            who(),
        ),
        "stop:unpaid": Act(leave_out, THE_CLOCK, only_in=who("running:unpaid"), tried_by=THE_CLOCK, is_quiet=True),
        "stop:agreed": Act(agree_to_end, who("worker"), at=NEXT_DAY, only_in=who("running", "leaving")),
        "stop:last_month": Act(
            write_the_next,
            THE_CLOCK,
            only_in=who("leaving"),
            not_in=who("running", "running:unpaid"),  # there another month follows
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
    },
)
TABLES = (PLANS,)
