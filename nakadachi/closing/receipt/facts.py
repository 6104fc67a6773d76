"""What a receipt says, as data: JSON of texts and whole numbers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Sum

from nakadachi.closing.erasing.telling import result
from nakadachi.closing.models import Closing
from nakadachi.closing.receipt.codes import code_of
from nakadachi.kernel.calendar import jst
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts.models import Payout

VERSION = 1


def facts_of(closing: Closing) -> dict[str, Any]:
    """Of a closing whose erasing is finished."""
    assert closing.closed_at is not None
    assert closing.erased_at is not None
    done = result(closing)
    return {
        "kind": "nakadachi.receipt",
        "version": VERSION,
        "market": {"name": settings.SITE_NAME, "address": settings.SITE_URL},
        "closing": closing.pk,
        "member": closing.member_id,
        "asked_at": _moment(closing.asked_at),
        "closed_at": _moment(closing.closed_at),
        "erased_at": _moment(closing.erased_at),
        "erased": [{"what": gone.group, "rows": gone.rows} for gone in done.erased],
        "kept": [
            {
                "what": row.group,
                "ground": row.ground,
                "law": row.law,
                "rows": row.rows,
                "until_on": row.until_on.isoformat(),
            }
            for row in done.kept
        ],
        "paid": _paid(closing),
        "remainder": _remainder(closing),
    }


def _paid(closing: Closing) -> dict[str, int]:
    """What was transferred from the day on which leaving was reserved, and what is left on the balance: nothing."""
    sent = Payout.objects.filter(
        member=closing.member_id, unclaimed_of=None, status=Payout.Status.SENT, sent_at__gte=closing.asked_at
    )
    return {
        "transferred_yen": sent.aggregate(total=Sum("pays_yen"))["total"] or 0,
        "transfers": sent.count(),
        "balance_yen": ledger.balance_of_owner("member", "member", closing.member_id),
    }


def _remainder(closing: Closing) -> dict[str, Any] | None:
    if not closing.remainder_yen:
        return None
    return {"amount_yen": closing.remainder_yen, "code": code_of(closing)}


def _moment(at: datetime) -> str:
    return jst(at).isoformat(timespec="seconds")
