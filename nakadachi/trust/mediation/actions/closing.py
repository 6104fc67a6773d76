"""The one way in which a case ends with money: the owner of the hold divides it, the case says how."""

from datetime import datetime
from typing import Any

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.money import Yen
from nakadachi.trust.mediation.lifecycle import CASE
from nakadachi.trust.mediation.locking import owner_of
from nakadachi.trust.mediation.models import Case


def divide(
    case: Case, name: str, outcome: Case.Outcome, worker_amount_yen: Yen, *, by: Actor, at: datetime, **columns: Any
) -> Case:
    """Close a locked case: so much to the worker, the rest back. The money is moved by the rule, not by a person."""
    columns |= {"outcome": outcome, "result_yen": worker_amount_yen, "closed_at": at, "due_at": None}
    event = {"worker_amount_yen": worker_amount_yen, "outcome": str(outcome)}
    move(case, CASE, name, by=by, at=at, event=event, **columns)
    owner_of(case).decided(hold=case.hold, claim_id=case.pk, worker_amount_yen=worker_amount_yen, by=SYSTEM, at=at)
    return case
