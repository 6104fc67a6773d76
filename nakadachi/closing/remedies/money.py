"""The balance goes to the bank; a payment that waits for its payer is given up."""

from django.db.models import Q

from nakadachi.closing.actions.paying_out import request_last_payout
from nakadachi.closing.remedies.deed import Deed, Press
from nakadachi.kernel.ids import key_for
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.models import Payment
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import Payout
from nakadachi.money.payouts.queries import balance_yen
from nakadachi.people.models import Member
from nakadachi.people.standing.queries import standing_of


def _payout(member: Member, press: Press) -> object:
    """The last one, free and of any size, once leaving is reserved; before that one like any other. With nothing on the
    balance there is nothing to ask for: it was asked for already."""
    if balance_yen(member.pk) == 0:
        return None
    if standing_of(member.pk).leaving_at is not None:
        return request_last_payout(member=member, by=press.by, at=press.at)
    key = key_for("payout.leaving", member.pk, Payout.objects.filter(member=member).count())
    return payouts.request(member=member, request_key=key, by=press.by, at=press.at)


DEEDS = {
    "payout": Deed(Member, lambda member: Q(pk=member.pk), Q(), _payout),
    "give_up_payment": Deed(
        Payment,
        lambda member: Q(payer=member),
        Q(status="requires_action"),
        lambda payment, press: payments.give_up(payment_id=payment.pk, by=press.by, at=press.at),
    ),
}
