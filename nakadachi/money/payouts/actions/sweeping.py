"""The operator takes out what it has earned, and never a yen of members' money."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen
from nakadachi.kernel.refusal import Refused, require
from nakadachi.money.ledger import book
from nakadachi.money.payouts import journals, policy
from nakadachi.money.payouts.funds import funds
from nakadachi.people.models import Member

_LOCK = 7_310_001


@transaction.atomic
def sweep_fees(*, amount_yen: Yen, request_key: UUID, by: Actor, at: datetime) -> int:
    """Move earned fees from the account of members' money to the operator's own; the same key moves once.

    Refused when less than what is owed to members would be left. Answers with the journal.
    """
    require(policy.can_sweep(by))
    require(None if 0 < amount_yen < AMOUNT_YEN_MAX else policy.BAD_SWEEP)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    draft = journals.sweep(amount_yen=amount_yen, on=jst_date(at))
    journal_id = book.post(draft, key=key_for("fees.sweep", request_key))
    left = funds()
    if left.free_yen < 0 or left.bank_yen < 0:
        raise Refused(policy.TOO_MUCH_TO_SWEEP)
    record("operator.fees_swept", Member(pk=by.id), by=by, at=at, amount_yen=amount_yen, journal_id=journal_id)
    return journal_id
