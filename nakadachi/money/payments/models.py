"""Payments, refunds, webhooks received, settlements received."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen
from nakadachi.money.payments.lifecycle import PAYMENT, REFUND

ACTIVE = ("created", "processing")
MISMATCH = "mismatch"
"""The decline code of a payment of which the provider took another amount than asked."""


class Payment(models.Model):
    """One attempt to take a sum from a client for one purpose. A new card means a new attempt."""

    purpose = models.CharField(max_length=32)
    purpose_id = models.BigIntegerField()
    payer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="payments")
    amount_yen = models.BigIntegerField()
    refunded_yen = models.BigIntegerField(default=0)
    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=64, blank=True)
    key = models.UUIDField(unique=True)
    request_key = models.UUIDField(unique=True)
    status = models.CharField(max_length=10, default=PAYMENT.initial, choices=[(s, s) for s in PAYMENT.states])
    decline_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    processing_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yen__gt=0, amount_yen__lt=AMOUNT_YEN_MAX), name="payment_amount_possible"
            ),
            models.CheckConstraint(
                condition=Q(refunded_yen__gte=0, refunded_yen__lte=F("amount_yen")), name="payment_refund_within"
            ),
            models.CheckConstraint(
                condition=~Q(status="captured") | (Q(captured_at__isnull=False) & ~Q(gateway_ref="")),
                name="payment_captured_complete",
            ),
            models.UniqueConstraint(
                fields=["gateway", "gateway_ref"], condition=~Q(gateway_ref=""), name="payment_gateway_ref_once"
            ),
            models.UniqueConstraint(
                fields=["purpose", "purpose_id"], condition=Q(status__in=ACTIVE), name="payment_active_once"
            ),
        ]
        indexes = [
            models.Index(fields=["purpose", "purpose_id"], name="payment_by_purpose"),
            models.Index(fields=["processing_at"], condition=Q(status="processing"), name="payment_unfinished"),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk} ({self.status})"

    @property
    def refundable_yen(self) -> Yen:
        """What no refund has been asked for yet."""
        return self.amount_yen - self.refunded_yen if self.status == "captured" else 0


class Refund(models.Model):
    """(A part of) a captured payment on its way back to the card it came from."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_yen = models.BigIntegerField()
    key = models.UUIDField(unique=True)
    status = models.CharField(max_length=10, default=REFUND.initial, choices=[(s, s) for s in REFUND.states])
    gateway_ref = models.CharField(max_length=64, blank=True)
    refuse_code = models.CharField(max_length=40, blank=True)
    requested_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_yen__gt=0), name="refund_amount_possible"),
            models.CheckConstraint(
                condition=~Q(status="settled") | (Q(settled_at__isnull=False) & ~Q(gateway_ref="")),
                name="refund_settled_complete",
            ),
            models.UniqueConstraint(fields=["gateway_ref"], condition=~Q(gateway_ref=""), name="refund_ref_once"),
        ]
        indexes = [models.Index(fields=["requested_at"], condition=Q(status="requested"), name="refund_unfinished")]

    def __str__(self) -> str:
        return f"refund {self.pk} of payment {self.payment_id} ({self.status})"


class HookReceipt(models.Model):
    """A webhook that was acted on. Kept for ever: the same event never acts twice."""

    gateway = models.CharField(max_length=20)
    event_id = models.CharField(max_length=64)
    body_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "event_id"], name="hook_event_once")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.event_id}"


class Settlement(models.Model):
    """A transfer of the provider to the bank, by the provider's own report."""

    gateway = models.CharField(max_length=20)
    ref = models.CharField(max_length=64)
    settled_on = models.DateField()
    gross_yen = models.BigIntegerField()
    fee_yen = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "ref"], name="settlement_once")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.ref}"
