"""The provider's own closing: everything it holds goes to the merchant's bank, less 3.6 % of each charge."""

from datetime import datetime

from django.db import transaction

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Bps, Rounding, portion
from nakadachi.money.payments.gateways.sandbox import models

FEE_BPS: Bps = 360


@transaction.atomic(durable=True)
def pay_out(*, at: datetime) -> models.Settlement | None:
    """Close what happened before `at`; None when nothing did."""
    charges = list(
        models.Charge.objects.select_for_update().filter(outcome="captured", settlement=None, made_at__lt=at)
    )
    refunds = list(models.Refund.objects.select_for_update().filter(settlement=None, made_at__lt=at))
    if not charges and not refunds:
        return None
    settlement = models.Settlement.objects.create(
        settled_on=jst_date(at),
        gross_yen=sum(charge.amount_yen for charge in charges) - sum(refund.amount_yen for refund in refunds),
        fee_yen=sum(portion(charge.amount_yen, FEE_BPS, Rounding.HALF_UP) for charge in charges),
    )
    models.Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(settlement=settlement)
    models.Refund.objects.filter(pk__in=[refund.pk for refund in refunds]).update(settlement=settlement)
    return settlement
