"""Finishing what died between a call and its record: ask the provider what became of it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.refusal import Refused
from nakadachi.money.payments import gateways
from nakadachi.money.payments.actions.charging import record_charge
from nakadachi.money.payments.actions.refunding import send_refund
from nakadachi.money.payments.lifecycle import PAYMENT
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.money.payments.port import GatewayUnavailable

Thing = TypeVar("Thing", Payment, Refund)
_log = logging.getLogger(__name__)

ASK_AFTER = timedelta(seconds=60)
"""A call that is under way may still answer by itself."""

GIVE_UP_AFTER = timedelta(minutes=15)
"""Longer than any request to a provider lives: what it does not know by then never reached it."""


def reconcile(*, at: datetime) -> int:
    """Bring every unfinished payment and refund to its end; returns how many were finished."""
    waiting = Payment.objects.filter(status="processing", processing_at__lte=at - ASK_AFTER).order_by("processing_at")
    stuck = Refund.objects.filter(status="requested", requested_at__lte=at - ASK_AFTER).order_by("requested_at")
    finished = sum(_apart(_finish_payment, payment, at) for payment in waiting[:500])
    return finished + sum(_apart(_finish_refund, refund, at) for refund in stuck[:500])


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
    return send_refund(refund_id=refund.pk, at=at).status != "requested"


def _finish_payment(payment: Payment, at: datetime) -> bool:
    answer = gateways.get(payment.gateway).find_charge(payment.key)
    if answer is not None:
        return record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=at).status != "processing"
    if payment.processing_at is None or payment.processing_at > at - GIVE_UP_AFTER:
        return False
    try:
        with transaction.atomic():
            move(payment, PAYMENT, "fail", by=SYSTEM, at=at, decline_code="not_reached")
    except Refused:
        return False
    return True
