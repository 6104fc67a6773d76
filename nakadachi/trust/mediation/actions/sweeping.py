"""What the clock does to cases: every stage ends by itself, so that nobody's money waits for ever."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.infra.timers import Timer, by_column
from nakadachi.kernel.actor import SYSTEM
from nakadachi.money.escrow.models import CLOSED, HELD
from nakadachi.trust.mediation import deadlines
from nakadachi.trust.mediation.actions.closing import divide
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.locking import lock_case, owner_of
from nakadachi.trust.mediation.models import OPEN, Case, Ruling


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
        worker_amount_yen = owner_of(case).by_rule_yen(hold=case.hold)
        divide(case, "default", Case.Outcome.DEFAULT, worker_amount_yen, by=SYSTEM, at=at)
    else:
        ruled_yen = Ruling.objects.get(case=case, number=1).worker_amount_yen
        name = "take_effect" if case.status == Case.Status.DECIDED else "uphold"
        divide(case, name, Case.Outcome.RULED, ruled_yen, by=SYSTEM, at=at)
    return True


@transaction.atomic
def drop_gone(case_id: int, at: datetime) -> bool:
    """The card company took the money, or gave it free: there is nothing left to divide."""
    case = lock_case(case_id, SYSTEM)
    return case.is_open and case.hold.status not in HELD and _drop(case, at)


def _drop(case: Case, at: datetime) -> bool:
    move(case, CASE, "drop", by=SYSTEM, at=at, outcome=Case.Outcome.MOOT, closed_at=at, due_at=None)
    return True


STAGE_OVER = Timer(
    "stages of mediation ended", by_column(lambda: Case.objects.filter(status__in=OPEN), "due_at"), end_stage
)
MONEY_GONE = Timer(
    "mediations without money dropped",
    by_column(lambda: Case.objects.filter(status__in=OPEN, hold__status__in=CLOSED), "hold__closed_at"),
    drop_gone,
)
TIMERS = (STAGE_OVER, MONEY_GONE)
