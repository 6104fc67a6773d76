"""What happens to contracts by the clock: silent acceptance, lapsed offers, silent sides, deals that are over."""

from collections.abc import Iterable
from datetime import datetime

from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.contracts.actions.expiring import DEAL_OVER
from nakadachi.market.contracts.actions.inspecting import accept
from nakadachi.market.contracts.actions.lapsing import UNANSWERED
from nakadachi.market.contracts.actions.nudging import SILENT_SIDE
from nakadachi.market.contracts.actions.offering import lapse
from nakadachi.market.contracts.models import Contract, Milestone


def _silent(at: datetime, limit: int) -> Iterable[Due]:
    rows = Milestone.objects.filter(status=Milestone.Status.DELIVERED, auto_accept_at__lte=at, hold__status="funded")
    found = rows.order_by("auto_accept_at", "pk").values_list("auto_accept_at", "pk")[:limit]
    return [(due_at, pk) for due_at, pk in found if due_at is not None]


def _accept(milestone_id: int, at: datetime) -> bool:
    accept(milestone=Milestone.objects.get(pk=milestone_id), by=SYSTEM, at=at)
    return True


def _unanswered(at: datetime, limit: int) -> Iterable[Due]:
    rows = Contract.objects.filter(status=Contract.Status.OFFERED, answer_by__lte=at)
    return rows.order_by("answer_by", "pk").values_list("answer_by", "pk")[:limit]


def _lapse(contract_id: int, at: datetime) -> bool:
    lapse(contract=Contract.objects.get(pk=contract_id), at=at)
    return True


SILENT_ACCEPTANCE = Timer("deliveries accepted after silence", _silent, _accept)
LAPSED_OFFER = Timer("offers lapsed", _unanswered, _lapse)
TIMERS = (SILENT_ACCEPTANCE, LAPSED_OFFER, SILENT_SIDE, DEAL_OVER, *UNANSWERED)
