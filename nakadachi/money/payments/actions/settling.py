"""What the provider pays out to the bank, by its own report; and the operator's own money beside it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.money.ledger import book
from nakadachi.money.payments import gateways, journals
from nakadachi.money.payments.models import Settlement
from nakadachi.money.payments.port import Settled


def collect_settlements(*, at: datetime) -> int:
    """Fetch the provider's new reports and post them; returns how many were new."""
    gateway = gateways.default()
    last = Settlement.objects.filter(gateway=gateway.name).order_by("-pk").first()
    reports = gateway.settlements(after_ref=last.ref if last else "")
    return sum(_record(gateway.name, report, at) for report in reports)


@transaction.atomic
def _record(gateway_name: str, report: Settled, at: datetime) -> bool:
    settlement, is_new = Settlement.objects.get_or_create(
        gateway=gateway_name,
        ref=report.ref,
        defaults={
            "settled_on": report.settled_on,
            "gross_yen": report.gross_yen,
            "fee_yen": report.fee_yen,
            "recorded_at": at,
        },
    )
    draft = journals.psp_settle(
        settlement_id=settlement.pk, gross_yen=report.gross_yen, fee_yen=report.fee_yen, on=report.settled_on
    )
    if is_new and draft.lines:
        book.post(draft, key=key_for("psp.settle", gateway_name, report.ref))
    return is_new


@transaction.atomic
def add_float(*, amount_yen: Yen, key: UUID, at: datetime) -> int:
    """The operator puts own money beside the clients' (it pays the provider's fees); returns the journal."""
    return book.post(journals.operator_float(amount_yen=amount_yen, on=jst_date(at)), key=key)
