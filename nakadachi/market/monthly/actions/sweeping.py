"""What happens to work by the month by the clock: the next month is written down, an unpaid one does not begin."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from nakadachi.infra.timers import Due, Timer
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.monthly.actions.leaving import not_begun
from nakadachi.market.monthly.actions.opening import open_month
from nakadachi.market.monthly.models import MonthlyPlan


def _due_months(at: datetime, limit: int) -> Iterable[Due]:
    rows = MonthlyPlan.objects.filter(next_at__lte=at, contract__status=Contract.Status.ACTIVE)
    found = rows.order_by("next_at", "pk").values_list("next_at", "contract_id")[:limit]
    return [(due_at, pk) for due_at, pk in found if due_at is not None]


def _open(contract_id: int, at: datetime) -> bool:
    return open_month(contract_id=contract_id, at=at)


def _unpaid(at: datetime, limit: int) -> Iterable[Due]:
    rows = Milestone.objects.filter(
        Q(hold=None) | Q(hold__status="unfunded"),
        status=Milestone.Status.OPEN,
        fund_by__lte=at,
        contract__status=Contract.Status.ACTIVE,
    )
    found = rows.order_by("fund_by", "pk").values_list("fund_by", "pk")[:limit]
    return [(due_at, pk) for due_at, pk in found if due_at is not None]


def _leave_out(milestone_id: int, at: datetime) -> bool:
    return not_begun(milestone_id=milestone_id, at=at)


NEXT_MONTH = Timer("months written down", _due_months, _open)
UNPAID_MONTH = Timer("unpaid months that did not begin", _unpaid, _leave_out)
TIMERS = (NEXT_MONTH, UNPAID_MONTH)
