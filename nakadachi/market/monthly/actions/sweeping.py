"""What happens to work by the month by the clock: the next month is written down, an unpaid one does not begin."""

from django.db.models import Q, QuerySet

from nakadachi.infra.timers import Timer, by_column
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.monthly.actions.leaving import not_begun
from nakadachi.market.monthly.actions.opening import open_month
from nakadachi.market.monthly.models import MonthlyPlan


def _running() -> QuerySet[MonthlyPlan]:
    return MonthlyPlan.objects.filter(contract__status=Contract.Status.ACTIVE)


def _unpaid() -> QuerySet[Milestone]:
    return Milestone.objects.filter(
        Q(hold=None) | Q(hold__status="unfunded"),
        status=Milestone.Status.OPEN,
        contract__status=Contract.Status.ACTIVE,
    )


NEXT_MONTH = Timer(
    "months written down",
    by_column(_running, "next_at", row_id="contract_id"),
    lambda pk, at: open_month(contract_id=pk, at=at),
)
UNPAID_MONTH = Timer(
    "unpaid months that did not begin",
    by_column(_unpaid, "fund_by"),
    lambda pk, at: not_begun(milestone_id=pk, at=at),
)
TIMERS = (NEXT_MONTH, UNPAID_MONTH)
