"""The operator rules; the sides accept or appeal; somebody else rules for good."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money.escrow import policy as escrow
from nakadachi.trust.mediation import deadlines, policy, refusals
from nakadachi.trust.mediation.actions.closing import divide
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.locking import lock_case
from nakadachi.trust.mediation.models import Case, Ruling


@transaction.atomic
def rule(*, case: Case, worker_amount_yen: Yen, reasons: str, by: Actor, at: datetime) -> Case:
    """Divide what is left to the yen, with reasons. The first ruling waits for an appeal, the second is for good."""
    case = lock_case(case.pk, by)
    first = Ruling.objects.filter(case=case, number=1).first()
    require(policy.can_rule(by, case, first, at))
    assert by.id is not None
    require(escrow.can_take(case.hold, worker_amount_yen, low_yen=0))
    reasons = tidy_text(reasons)
    require(policy.text_refusal(reasons, refusals.TEXT_MISSING))
    ruling = Ruling.objects.create(
        case=case,
        number=2 if first else 1,
        worker_amount_yen=worker_amount_yen,
        reasons=reasons,
        by_id=by.id,
        at=at,
    )
    record("ruling.write", ruling, by=by, at=at, case_id=case.pk, worker_amount_yen=worker_amount_yen)
    if first is not None:
        return divide(case, "rule_again", Case.Outcome.APPEAL, worker_amount_yen, by=by, at=at)
    return move(case, CASE, "rule", by=by, at=at, due_at=deadlines.appeal_until(at))


@transaction.atomic
def accept_ruling(*, case: Case, by: Actor, at: datetime) -> Case:
    """One side is content. When both are, the ruling takes effect without waiting."""
    case = lock_case(case.pk, by)
    require(policy.can_accept_ruling(by, case, at))
    column = f"{case.side_of(by.id)}_accepts"
    setattr(case, column, True)
    case.save(update_fields=[column])
    record("case.content", case, by=by, at=at)
    if not (case.client_accepts and case.worker_accepts):
        return case
    return divide(case, "accept_ruling", Case.Outcome.RULED, _ruled_yen(case), by=by, at=at)


@transaction.atomic
def appeal(*, case: Case, reason: str, by: Actor, at: datetime) -> Case:
    """One side is not content, and says why: somebody else of the operator rules for good."""
    case = lock_case(case.pk, by)
    require(policy.can_answer_ruling(by, case, at))
    reason = tidy_text(reason)
    require(policy.text_refusal(reason, refusals.TEXT_MISSING))
    due_at = deadlines.second_ruling_until(at)
    return move(case, CASE, "appeal", by=by, at=at, appealed_by_id=by.id, appeal_reason=reason, due_at=due_at)


def _ruled_yen(case: Case) -> Yen:
    return Ruling.objects.get(case=case, number=1).worker_amount_yen
