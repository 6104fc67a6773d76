"""The last payout: the whole balance whatever its size, with the next run or an extra one."""

from datetime import datetime

from django.db import transaction

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.ids import key_for
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import Payout
from nakadachi.people.models import Member


@transaction.atomic
def request_last_payout(*, member: Member, by: Actor, at: datetime) -> Payout:
    """Send the balance of somebody who leaves on its way. The smallest payout and the bank's fee are waived.

    Refused without a reservation, while one is requested already, without a usable bank account, and while payouts
    rest after a change.
    """
    number = Payout.objects.filter(member=member).count()
    return payouts.request(
        member=member, request_key=key_for("payout.last", member.pk, number), by=by, at=at, is_last=True
    )
