"""Money between the card and its purpose: payments without a result, refunds, and objections at the card company."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from nakadachi.closing import words
from nakadachi.closing.kind import Do, Kind, Whose
from nakadachi.money.escrow.models import Hold
from nakadachi.money.payments.models import Dispute, Payment, Refund


def _unknown(member: Whose) -> "QuerySet[Any]":
    return Payment.objects.filter(payer=member, status__in=["processing", "awaiting"])


def _unconfirmed(member: Whose) -> "QuerySet[Any]":
    return Payment.objects.filter(payer=member, status="requires_action")


def _refunds(member: Whose) -> "QuerySet[Any]":
    return Refund.objects.filter(payment__payer=member, status__in=["requested", "pending"])


def _stuck_refunds(member: Whose) -> "QuerySet[Any]":
    return Refund.objects.filter(payment__payer=member, status="refused")


def _disputes(member: Whose) -> "QuerySet[Any]":
    """Those whose money has already left its hold; of the others the frozen money is the obstacle."""
    frozen = Hold.objects.filter(pk=OuterRef("payment__purpose_id"), is_disputed=True)
    return Dispute.objects.filter(payment__payer=member, status="open").exclude(Exists(frozen))


_MONEY = {"page": "contracts:list", "arguments": (), "amount": "amount_yen"}

KINDS = (
    Kind(
        name="payment.unsettled",
        code="payment.unsettled",
        who="provider",
        rows=_unknown,
        sentence=words.PAYMENT,
        heading=words.CARD,
        if_silent=words.PAYMENT_SILENT,
        **_MONEY,
    ),
    Kind(
        name="payment.unsettled.confirm",
        code="payment.unsettled",
        who="you",
        rows=_unconfirmed,
        sentence=words.PAYMENT_TO_CONFIRM,
        heading=words.CARD,
        buttons=(Do("give_up_payment"),),
        if_silent=words.PAYMENT_SILENT,
        **_MONEY,
    ),
    Kind(
        name="payment.disputed",
        code="payment.disputed",
        who="card",
        rows=_disputes,
        sentence=words.DISPUTED,
        heading=words.CARD,
        if_silent=words.CARD_SILENT,
        **_MONEY,
    ),
    Kind(
        name="refund.transit",
        code="refund.transit",
        who="provider",
        rows=_refunds,
        sentence=words.REFUND,
        heading=words.REFUND_TITLE,
        if_silent=words.REFUND_SILENT,
        page="earnings:refunds",
        arguments=(),
        amount=F("amount_yen"),
    ),
    Kind(
        name="refund.transit.stuck",
        code="refund.transit",
        who="operator",
        rows=_stuck_refunds,
        sentence=words.REFUND_STUCK,
        heading=words.REFUND_TITLE,
        if_silent=words.REFUND_SILENT,
        page="earnings:refunds",
        arguments=(),
        amount=F("amount_yen"),
    ),
)
