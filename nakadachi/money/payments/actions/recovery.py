"""Finishing what died between a call and its record: ask the provider what became of it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from nakadachi.money.payments import gateways
from nakadachi.money.payments.actions.asking import ask
from nakadachi.money.payments.actions.disputing import take_note
from nakadachi.money.payments.actions.refunding import send_refund
from nakadachi.money.payments.lifecycle import PENDING
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payments.port import GatewayUnavailable

Thing = TypeVar("Thing", Payment, Refund)
_log = logging.getLogger(__name__)

ASK_AFTER = timedelta(seconds=15)
"""A call that is under way may still answer by itself."""

AGAIN_AFTER = {
    "processing": timedelta(0),
    "requires_action": timedelta(minutes=1),
    "awaiting": timedelta(minutes=1),
}
"""What the provider knows of is not asked for at every round."""


LOOK_BACK = timedelta(days=7)
"""How far back the provider's list of disputes is read: longer than any time it is not reached."""


def reconcile(*, at: datetime) -> int:
    """Bring every unfinished payment, refund and dispute on, as far as the provider knows; returns how many moved."""
    waiting = Payment.objects.filter(status__in=PENDING, processing_at__lte=at - ASK_AFTER).order_by("processing_at")
    due = [payment for payment in waiting[:500] if _is_due(payment, at)]
    stuck = Refund.objects.filter(status__in=["requested", "pending"], requested_at__lte=at - ASK_AFTER)
    moved = _disputes(at) + sum(_apart(_finish_payment, payment, at) for payment in due)
    return moved + sum(_apart(_finish_refund, refund, at) for refund in stuck.order_by("requested_at")[:500])


def _is_due(payment: Payment, at: datetime) -> bool:
    return payment.asked_at is None or payment.asked_at <= at - AGAIN_AFTER[payment.status]


def _disputes(at: datetime) -> int:
    """What changed at the provider lately and is not known here."""
    gateway = gateways.default()
    known = dict(Dispute.objects.filter(payment__gateway=gateway.name).values_list("gateway_ref", "status"))
    try:
        news = [answer for answer in gateway.disputes(at - LOOK_BACK) if known.get(answer.ref) != answer.outcome]
    except GatewayUnavailable:
        return 0
    moved = 0
    for answer in news:
        try:
            moved += take_note(gateway=gateway, answer=answer, at=at) is not None
        except GatewayUnavailable:
            return moved
        except Exception:
            _log.exception("dispute %s cannot be written down", answer.ref)
    return moved


def _apart(finish: Callable[[Thing, datetime], bool], thing: Thing, at: datetime) -> bool:
    """One that cannot be finished does not keep the others waiting."""
    try:
        return finish(thing, at)
    except GatewayUnavailable:
        return False
    except Exception:
        _log.exception("%s cannot be finished", thing)
        return False


def _finish_refund(refund: Refund, at: datetime) -> bool:
    return send_refund(refund_id=refund.pk, at=at).status != refund.status


def _finish_payment(payment: Payment, at: datetime) -> bool:
    now = ask(payment_id=payment.pk, at=at)
    if now.is_pending:
        Payment.objects.filter(pk=payment.pk).update(asked_at=at)
    return now.status != payment.status
