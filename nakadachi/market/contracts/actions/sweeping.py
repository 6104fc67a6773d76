"""What is due by the clock: silent acceptance, lapsed offers. Each in a transaction of its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError

from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts.actions.inspecting import accept
from nakadachi.market.contracts.actions.offering import lapse
from nakadachi.market.contracts.models import Contract, Milestone

AT_ONCE = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """How much a sweep did."""

    accepted: int
    lapsed: int


def sweep(*, at: datetime) -> Swept:
    """Do everything that is due at `at`. Safe to repeat, and to run twice at once."""
    silent = Milestone.objects.filter(status=Milestone.Status.DELIVERED, auto_accept_at__lte=at, hold__status="funded")
    accepted = 0
    for milestone in silent.order_by("auto_accept_at", "pk")[:AT_ONCE]:
        accepted += _done(accept, milestone=milestone, by=SYSTEM, at=at)
    unanswered = Contract.objects.filter(status=Contract.Status.OFFERED, answer_by__lte=at)
    lapsed = 0
    for contract in unanswered.order_by("answer_by", "pk")[:AT_ONCE]:
        lapsed += _done(lapse, contract=contract, at=at)
    return Swept(accepted=accepted, lapsed=lapsed)


def _done(act: Callable[..., object], **arguments: Any) -> bool:
    """True when it was done; somebody being faster, or a row that stays locked, is left to the next sweep."""
    try:
        act(**arguments)
    except Refused:
        return False
    except OperationalError:
        _log.warning("%s: busy, left to the next sweep", arguments)
        return False
    return True
