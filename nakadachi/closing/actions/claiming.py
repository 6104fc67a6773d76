"""What stayed behind is claimed later, by whoever holds the receipt's code."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.closing import refusals
from nakadachi.closing.models import Closing
from nakadachi.closing.receipt.codes import closing_of_code
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import Payout
from nakadachi.people.actions import checked_account


@transaction.atomic
def claim(
    *,
    code: str,
    bank_code: str,
    branch_code: str,
    kind: str,
    number: str,
    holder: str,
    request_key: UUID,
    at: datetime,
) -> Payout:
    """Send the remainder to this account, with the next run. The code is the proof; the form twice is one payout.

    Refused for a code that is none, for an account no bank knows, and when nothing is left.
    """
    closing = closing_of_code(code)
    if closing is None or closing.status != Closing.Status.ERASED:
        raise Refused(refusals.NO_SUCH_CODE)
    account = checked_account(
        member=closing.member,
        bank_code=bank_code,
        branch_code=branch_code,
        kind=kind,
        number=number,
        holder=holder,
    )
    return payouts.request_unclaimed(
        member_id=closing.member_id,
        closing_id=closing.pk,
        account=account,
        request_key=request_key,
        by=Actor.member(closing.member_id),
        at=at,
    )
