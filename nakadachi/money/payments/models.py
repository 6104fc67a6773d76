"""Payments, refunds, disputes, webhooks received, settlements received."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen
from nakadachi.money.payments.lifecycle import DISPUTE, PAYMENT, PENDING, REFUND

ACTIVE = ("created", *PENDING)
MISMATCH = "mismatch"
"""The decline code of a payment of which the provider took another amount than asked."""


class Payment(models.Model):
    """One attempt to take a sum from a client for one purpose. A new card means a new attempt."""

    purpose = models.CharField(max_length=32)
    purpose_id = models.BigIntegerField()
    payer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="payments")
    amount_yen = models.BigIntegerField()
    refunded_yen = models.BigIntegerField(default=0)
    disputed_yen = models.BigIntegerField(default=0)
    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=64, blank=True)
    key = models.UUIDField(unique=True)
    request_key = models.UUIDField(unique=True)
    status = models.CharField(max_length=16, default=PAYMENT.initial, choices=[(s, s) for s in PAYMENT.states])
    decline_code = models.CharField(max_length=40, blank=True)
    action_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    processing_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
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
                condition=Q(disputed_yen__gte=0, disputed_yen__lte=F("amount_yen")), name="payment_dispute_within"
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
            models.Index(fields=["processing_at"], condition=Q(status__in=PENDING), name="payment_unfinished"),
            models.Index(fields=["created_at"], condition=Q(status="created"), name="payment_not_begun"),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk} ({self.status})"

    @property
    def refundable_yen(self) -> Yen:
        """What no refund has been asked for yet and no dispute has taken."""
        left_yen = self.amount_yen - self.refunded_yen - self.disputed_yen
        return max(0, left_yen) if self.status == "captured" else 0

    @property
    def is_pending(self) -> bool:
        """True while nobody knows yet what becomes of it: another attempt must wait."""
        return self.status in PENDING


class Refund(models.Model):
    """(A part of) a captured payment on its way back to the card it came from.

    `key` names it here, `sent_key` at the provider: after a refusal it is sent again under a new one.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_yen = models.BigIntegerField()
    key = models.UUIDField(unique=True)
    sent_key = models.UUIDField(unique=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, default=REFUND.initial, choices=[(s, s) for s in REFUND.states])
    gateway_ref = models.CharField(max_length=64, blank=True)
    refuse_code = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
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
        indexes = [
            models.Index(
                fields=["requested_at"], condition=Q(status__in=["requested", "pending"]), name="refund_unfinished"
            ),
            models.Index(fields=["-requested_at"], name="refund_newest"),
        ]

    def __str__(self) -> str:
        return f"refund {self.pk} of payment {self.payment_id} ({self.status})"

    def key_of_attempt(self, attempt: int) -> UUID:
        """The provider's key of an attempt: the first is the refund's own."""
        return self.key if attempt == 1 else key_for("refund.attempt", self.key, attempt)


class Dispute(models.Model):
    """A chargeback: the card's owner says the payment was not right. `lost` says where its money came from."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    gateway_ref = models.CharField(max_length=64, unique=True)
    amount_yen = models.BigIntegerField()
    fee_yen = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    status = models.CharField(max_length=10, default=DISPUTE.initial, choices=[(s, s) for s in DISPUTE.states])
    opened_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    evidence = models.TextField(blank=True)
    evidence_at = models.DateTimeField(null=True)
    evidence_sent_at = models.DateTimeField(null=True)
    from_hold_yen = models.BigIntegerField(default=0)
    from_refunds_yen = models.BigIntegerField(default=0)
    loss_yen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_yen__gt=0, fee_yen__gte=0), name="dispute_amount_possible"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) ^ ~Q(status="open"), name="dispute_decided_since"
            ),
            models.CheckConstraint(
                condition=Q(status="lost", amount_yen=F("from_hold_yen") + F("from_refunds_yen") + F("loss_yen"))
                | (~Q(status="lost") & Q(from_hold_yen=0, from_refunds_yen=0, loss_yen=0)),
                name="dispute_lost_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["answer_by"], condition=Q(status="open"), name="dispute_open")]

    def __str__(self) -> str:
        return f"dispute {self.pk} of payment {self.payment_id} ({self.status})"


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
