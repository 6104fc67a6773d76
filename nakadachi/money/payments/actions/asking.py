"""Asking the provider what became of a payment: by the page that waits, by the reconciliation, or to give it up."""

from datetime import datetime, timedelta

from nakadachi.infra.crash_points import reached
from nakadachi.infra.queue import outside_transaction
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import require
from nakadachi.money.payments import gateways, policy
from nakadachi.money.payments.actions.charging import record_charge
from nakadachi.money.payments.models import Payment

GIVE_UP_AFTER = timedelta(seconds=40)
"""What the provider does not know of by then, it is told never to take: so that a late request cannot charge."""


def ask(*, payment_id: int, at: datetime) -> Payment:
    """Ask by key and write the answer down. What never reached the provider is ended after `GIVE_UP_AFTER`.

    `GatewayUnavailable` goes up.
    """
    _outside()
    payment = Payment.objects.get(pk=payment_id)
    if not payment.is_pending:
        return payment
    gateway = gateways.get(payment.gateway)
    answer = gateway.find_charge(payment.key)
    if answer is None:
        if payment.processing_at is None or payment.processing_at > at - GIVE_UP_AFTER:
            return payment
        answer = gateway.void(key=payment.key, amount_yen=payment.amount_yen, at=at)
    reached("payment.asked")
    return record_charge(payment_id=payment_id, answer=answer, by=SYSTEM, at=at)


def give_up(*, payment_id: int, by: Actor, at: datetime) -> Payment:
    """The payer does not confirm with the card company, to pay in another way. What was taken by then stays taken."""
    _outside()
    payment = Payment.objects.get(pk=payment_id)
    require(policy.can_start(by, payment.payer_id))
    if payment.status != "requires_action":
        return payment
    answer = gateways.get(payment.gateway).void(key=payment.key, amount_yen=payment.amount_yen, at=at)
    return record_charge(payment_id=payment_id, answer=answer, by=by, at=at)


def _outside() -> None:
    if not outside_transaction():
        raise RuntimeError("a provider is never called inside a transaction")
