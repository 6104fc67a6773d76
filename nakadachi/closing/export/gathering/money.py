"""Card payments with refunds and chargebacks, payouts, and closing runs that passed the member over."""

from collections.abc import Iterator
from typing import Any

from nakadachi.closing.export.shapes import ABOVE, DAY, INSIDE, KEY, Me, Shape, chunks, list_of, or_none, under
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payouts.models import Payout, Skip

_PROVIDER = "between the operator and the card company"

REFUND = Shape(
    Refund,
    ("id", "amount_yen", "status", "requested_at", "settled_at"),
    without={
        "payment": ABOVE,
        "key": KEY,
        "sent_key": KEY,
        "attempt": INSIDE,
        "gateway_ref": _PROVIDER,
        "refuse_code": _PROVIDER,
        "note": _PROVIDER,
    },
)
DISPUTE = Shape(
    Dispute,
    ("id", "amount_yen", "reason", "status", "opened_at", "decided_at"),
    without={
        "payment": ABOVE,
        **dict.fromkeys(
            (
                "gateway_ref", "fee_yen", "answer_by", "evidence", "evidence_at", "evidence_sent_at", "from_hold_yen",
                "from_refunds_yen", "loss_yen",
            ),
            _PROVIDER,
        ),
    },
)  # fmt: skip
PAYMENT = Shape(
    Payment,
    (
        "id", "purpose", "purpose_id", "amount_yen", "refunded_yen", "disputed_yen", "gateway", "status",
        "decline_code", "created_at", "processing_at", "asked_at", "captured_at",
    ),
    without={
        "payer": "the member",
        "key": KEY,
        "request_key": KEY,
        "gateway_ref": _PROVIDER,
        "action_url": "where the card company asked for a confirmation; it leads nowhere any more",
    },
    more={"refunds": list_of(REFUND.schema), "disputes": list_of(DISPUTE.schema)},
)  # fmt: skip
PAYOUT = Shape(
    Payout,
    (
        "id", "amount_yen", "bank_fee_yen", "pays_yen", "destination", "status", "by_run", "requested_at",
        "cancelled_at", "sent_at", "returned_at", "return_reason", "journal_id",
    ),
    without={
        "member": "the member",
        "run": "told by its days",
        "request_key": KEY,
        "unclaimed_of": "only after the member has left",
    },
    more={"closes_on": or_none(DAY), "pays_on": or_none(DAY)},
)  # fmt: skip
SKIP = Shape(
    Skip,
    ("amount_yen", "reason"),
    without={"id": INSIDE, "member": "the member", "run": "told by its day"},
    more={"closes_on": DAY},
)


def payments(me: Me) -> Iterator[dict[str, Any]]:
    """Every attempt, whatever became of it."""
    for some in chunks(Payment.objects.filter(payer=me.id).order_by("pk")):
        ids = [one.pk for one in some]
        refunds = under(Refund.objects.filter(payment__in=ids).order_by("pk"), "payment_id")
        disputes = under(Dispute.objects.filter(payment__in=ids).order_by("pk"), "payment_id")
        for one in some:
            yield PAYMENT.row(
                one,
                me,
                refunds=[REFUND.row(each, me) for each in refunds.get(one.pk, [])],
                disputes=[DISPUTE.row(each, me) for each in disputes.get(one.pk, [])],
            )


def payouts(me: Me) -> Iterator[dict[str, Any]]:
    """With the account each was sent to, whole: it is the member's own."""
    mine = Payout.objects.filter(member=me.id).select_related("run").defer("run__file").order_by("pk")
    for some in chunks(mine):
        for one in some:
            run = one.run
            yield PAYOUT.row(
                one,
                me,
                closes_on=run.closes_on.isoformat() if run else None,
                pays_on=run.pays_on.isoformat() if run else None,
            )


def skips(me: Me) -> Iterator[dict[str, Any]]:
    """Closing days on which nothing could be transferred, and why."""
    mine = Skip.objects.filter(member=me.id).select_related("run").defer("run__file").order_by("pk")
    for one in mine:
        yield SKIP.row(one, me, closes_on=one.run.closes_on.isoformat())
