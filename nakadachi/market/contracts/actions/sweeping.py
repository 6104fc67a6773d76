"""What happens to contracts by the clock: silent acceptance, lapsed offers, silent sides, deals that are over."""

from datetime import datetime

from nakadachi.infra.timers import Timer, by_column
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.contracts.actions.expiring import DEAL_OVER
from nakadachi.market.contracts.actions.inspecting import accept
from nakadachi.market.contracts.actions.lapsing import UNANSWERED
from nakadachi.market.contracts.actions.nudging import SILENT_SIDE
from nakadachi.market.contracts.actions.offering import lapse
from nakadachi.market.contracts.models import Contract, Milestone


def _accept(milestone_id: int, at: datetime) -> bool:
    accept(milestone=Milestone.objects.get(pk=milestone_id), by=SYSTEM, at=at)
    return True


def _lapse(contract_id: int, at: datetime) -> bool:
    lapse(contract=Contract.objects.get(pk=contract_id), at=at)
    return True


SILENT_ACCEPTANCE = Timer(
    "deliveries accepted after silence",
    by_column(
        lambda: Milestone.objects.filter(status=Milestone.Status.DELIVERED, hold__status="funded"), "auto_accept_at"
    ),
    _accept,
)
LAPSED_OFFER = Timer(
    "offers lapsed", by_column(lambda: Contract.objects.filter(status=Contract.Status.OFFERED), "answer_by"), _lapse
)
TIMERS = (SILENT_ACCEPTANCE, LAPSED_OFFER, SILENT_SIDE, DEAL_OVER, *UNANSWERED)
