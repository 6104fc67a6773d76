"""The operator's people take the evidence of a case away: only with a reason, which stays on record."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.people.standing import policy
from nakadachi.trust.mediation import refusals
from nakadachi.trust.mediation.models import Case

REASON_LENGTH_MAX = 1000


@transaction.atomic
def disclose(*, case: Case, reason: str, by: Actor, at: datetime) -> Case:
    """Write down who takes it, and why."""
    if not may(by, areas.MEDIATION):
        raise Refused(refusals.NOT_OPERATOR)
    said = tidy_line(reason)
    require(policy.reason_refusal(said, REASON_LENGTH_MAX))
    record("case.disclose", case, by=by, at=at, reason=said)
    return case
