"""The provider's own closing: everything it holds goes to the merchant's bank, less 3.6 % of each charge."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Bps, Rounding, Yen, portion
from nakadachi.money.payments.gateways.sandbox import models

FEE_BPS: Bps = 360


@transaction.atomic(durable=True)
def pay_out(*, at: datetime) -> models.Settlement | None:
    """Close what happened before `at`; None when nothing did."""
    charges = list(_charges().select_for_update().filter(captured_at__lt=at))
    refunds = list(_refunds().select_for_update().filter(settled_at__lt=at))
    taken = list(_taken().select_for_update().filter(opened_at__lt=at))
    returned = list(_returned().select_for_update().filter(changed_at__lt=at))
    if not (charges or refunds or taken or returned):
        return None
    came_yen = sum(charge.amount_yen for charge in charges) + sum(dispute.amount_yen for dispute in returned)
    went_yen = sum(refund.amount_yen for refund in refunds) + sum(row.amount_yen + row.fee_yen for row in taken)
    settlement = models.Settlement.objects.create(
        settled_on=jst_date(at),
        gross_yen=came_yen - went_yen,
        fee_yen=sum(portion(charge.amount_yen, FEE_BPS, Rounding.HALF_UP) for charge in charges),
    )
    models.Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(settlement=settlement)
    models.Refund.objects.filter(pk__in=[refund.pk for refund in refunds]).update(settlement=settlement)
    models.Dispute.objects.filter(pk__in=[row.pk for row in taken]).update(taken_in=settlement)
    models.Dispute.objects.filter(pk__in=[row.pk for row in returned]).update(returned_in=settlement)
    return settlement


def unsettled_yen() -> Yen:
    """What no settlement has paid out yet."""
    charged_yen: Yen = _charges().aggregate(sum=Sum("amount_yen"))["sum"] or 0
    refunded_yen: Yen = _refunds().aggregate(sum=Sum("amount_yen"))["sum"] or 0
    taken_yen: Yen = _taken().aggregate(sum=Sum(F("amount_yen") + F("fee_yen")))["sum"] or 0
    returned_yen: Yen = _returned().aggregate(sum=Sum("amount_yen"))["sum"] or 0
    return charged_yen - refunded_yen - taken_yen + returned_yen


def _charges() -> QuerySet[models.Charge]:
    return models.Charge.objects.filter(outcome="captured", settlement=None)


def _refunds() -> QuerySet[models.Refund]:
    return models.Refund.objects.filter(outcome="settled", settlement=None)


def _taken() -> QuerySet[models.Dispute]:
    return models.Dispute.objects.filter(taken_in=None)


def _returned() -> QuerySet[models.Dispute]:
    return models.Dispute.objects.filter(outcome="won", returned_in=None)
