"""What the clock does to cases: every stage ends by itself, so that nobody's money waits for ever."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.infra.timers import Due, Timer
from nakadachi.kernel.actor import SYSTEM
from nakadachi.money.escrow.models import CLOSED, HELD
from nakadachi.trust.mediation import deadlines
from nakadachi.trust.mediation.actions.closing import divide
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.locking import lock_case, owner_of
from nakadachi.trust.mediation.models import OPEN, Case, Ruling


def _over(at: datetime, limit: int) -> Iterable[Due]:
    rows = Case.objects.filter(status__in=OPEN, due_at__lte=at).order_by("due_at", "pk")
    found = rows.values_list("due_at", "pk")[:limit]
    return [(due_at, pk) for due_at, pk in found if due_at is not None]


@transaction.atomic
def end_stage(case_id: int, at: datetime) -> bool:
    """Bring one case on whose stage is over."""
    case = lock_case(case_id, SYSTEM)
    if not case.is_open or case.due_at is None or at < case.due_at:
        return False
    if case.hold.status not in HELD:
        return _drop(case, at)
    if case.status == Case.Status.TALKING:
        move(case, CASE, "hand_over", by=SYSTEM, at=at, due_at=deadlines.ruling_until(at))
    elif case.status == Case.Status.DECIDING:
        worker_amount_yen = case.hold.rest_yen if owner_of(case).is_delivered(hold=case.hold) else 0
        divide(case, "default", Case.Outcome.DEFAULT, worker_amount_yen, by=SYSTEM, at=at)
    else:
        ruled_yen = Ruling.objects.get(case=case, number=1).worker_amount_yen
        name = "take_effect" if case.status == Case.Status.DECIDED else "uphold"
        divide(case, name, Case.Outcome.RULED, ruled_yen, by=SYSTEM, at=at)
    return True


def _gone(at: datetime, limit: int) -> Iterable[Due]:
    rows = Case.objects.filter(status__in=OPEN, hold__status__in=CLOSED, hold__closed_at__lte=at)
    found = rows.order_by("hold__closed_at", "pk").values_list("hold__closed_at", "pk")[:limit]
    return [(closed_at, pk) for closed_at, pk in found if closed_at is not None]


@transaction.atomic
def drop_gone(case_id: int, at: datetime) -> bool:
    """The card company took the money, or gave it free: there is nothing left to divide."""
    case = lock_case(case_id, SYSTEM)
    return case.is_open and case.hold.status not in HELD and _drop(case, at)


def _drop(case: Case, at: datetime) -> bool:
    move(case, CASE, "drop", by=SYSTEM, at=at, outcome=Case.Outcome.MOOT, closed_at=at, due_at=None)
    return True


STAGE_OVER = Timer("stages of mediation ended", _over, end_stage)
TIMERS = (STAGE_OVER, Timer("mediations without money dropped", _gone, drop_gone))
