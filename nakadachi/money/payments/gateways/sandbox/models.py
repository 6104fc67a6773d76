"""The provider's own books. Nothing outside this package reads them."""

import secrets

from django.db import models
from django.db.models import F, Q


def charge_ref() -> str:
    """A provider-side name of a charge."""
    return f"ch_{secrets.token_hex(12)}"


def refund_ref() -> str:
    """A provider-side name of a refund."""
    return f"re_{secrets.token_hex(12)}"


def event_ref() -> str:
    """A provider-side name of a webhook event."""
    return f"evt_{secrets.token_hex(12)}"


class Settlement(models.Model):
    """One transfer to the merchant's bank. Its name is `st_<id>`, so that names rise with time."""

    settled_on = models.DateField()
    gross_yen = models.BigIntegerField()
    fee_yen = models.BigIntegerField()

    def __str__(self) -> str:
        return f"st_{self.pk}"


class Charge(models.Model):
    """One answered attempt to charge a card."""

    ref = models.CharField(max_length=40, unique=True, default=charge_ref)
    key = models.UUIDField(unique=True)
    amount_yen = models.BigIntegerField()
    refunded_yen = models.BigIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=[("captured", "captured"), ("declined", "declined")])
    decline_code = models.CharField(max_length=40, blank=True)
    card_last4 = models.CharField(max_length=4)
    made_at = models.DateTimeField()
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="charges")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_yen__gte=0, refunded_yen__lte=F("amount_yen")), name="sandbox_refund_within"
            )
        ]

    def __str__(self) -> str:
        return self.ref


class Refund(models.Model):
    """Money given back on a charge."""

    ref = models.CharField(max_length=40, unique=True, default=refund_ref)
    key = models.UUIDField(unique=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    amount_yen = models.BigIntegerField()
    made_at = models.DateTimeField()
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="refunds")

    def __str__(self) -> str:
        return self.ref


class Event(models.Model):
    """Something the merchant is told by webhook."""

    ref = models.CharField(max_length=40, unique=True, default=event_ref)
    kind = models.CharField(max_length=20)
    key = models.UUIDField()
    amount_yen = models.BigIntegerField()
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.ref} {self.kind}"
