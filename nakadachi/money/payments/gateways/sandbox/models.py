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


def dispute_ref() -> str:
    """A provider-side name of a dispute."""
    return f"dp_{secrets.token_hex(12)}"


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
    """One attempt to charge a card. `changes_at` is when something happens to it by itself, by the card it was made on.

    `voided` is a key under which nothing may be taken any more, and nothing was.
    """

    OUTCOMES = ("captured", "declined", "requires_action", "awaiting", "expired", "voided")

    ref = models.CharField(max_length=40, unique=True, default=charge_ref)
    key = models.UUIDField(unique=True)
    amount_yen = models.BigIntegerField()
    refunded_yen = models.BigIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=[(name, name) for name in OUTCOMES])
    decline_code = models.CharField(max_length=40, blank=True)
    card = models.CharField(max_length=24, default="success")
    card_last4 = models.CharField(max_length=4)
    token = models.CharField(max_length=40, blank=True)
    return_url = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    captured_at = models.DateTimeField(null=True)
    changes_at = models.DateTimeField(null=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="charges")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_yen__gte=0, refunded_yen__lte=F("amount_yen")), name="sandbox_refund_within"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="captured") | Q(captured_at__isnull=False), name="sandbox_captured_since"
            ),
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="sandbox_token_once"),
        ]
        indexes = [
            models.Index(fields=["changes_at"], condition=Q(changes_at__isnull=False), name="sandbox_charge_due")
        ]

    def __str__(self) -> str:
        return self.ref


class Refund(models.Model):
    """Money given back on a charge: at once, later, or not at all."""

    OUTCOMES = ("settled", "pending", "refused")

    ref = models.CharField(max_length=40, unique=True, default=refund_ref)
    key = models.UUIDField(unique=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    amount_yen = models.BigIntegerField()
    outcome = models.CharField(max_length=10, default="settled", choices=[(name, name) for name in OUTCOMES])
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    changes_at = models.DateTimeField(null=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="refunds")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="settled") | Q(settled_at__isnull=False), name="sandbox_refund_since"
            )
        ]
        indexes = [
            models.Index(fields=["changes_at"], condition=Q(changes_at__isnull=False), name="sandbox_refund_due")
        ]

    def __str__(self) -> str:
        return self.ref


class Dispute(models.Model):
    """The card's owner says the charge was not right: the money and a fee are taken at once, and decided on later."""

    OUTCOMES = ("open", "won", "lost")

    ref = models.CharField(max_length=40, unique=True, default=dispute_ref)
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="dispute")
    amount_yen = models.BigIntegerField()
    fee_yen = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, default="open", choices=[(name, name) for name in OUTCOMES])
    evidence = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    changed_at = models.DateTimeField()
    changes_at = models.DateTimeField(null=True)
    taken_in = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="disputes_taken")
    returned_in = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="disputes_returned")

    class Meta:
        indexes = [
            models.Index(fields=["changes_at"], condition=Q(changes_at__isnull=False), name="sandbox_dispute_due")
        ]

    def __str__(self) -> str:
        return self.ref


class Event(models.Model):
    """Something the merchant is told by webhook, or that somebody else pretends to tell.

    `about` names a dispute. `claims_id` makes it come under the name of another event. `send_at` holds it back.
    """

    FATES = ("once", "twice", "lost", "forged")

    ref = models.CharField(max_length=40, unique=True, default=event_ref)
    kind = models.CharField(max_length=24)
    key = models.UUIDField()
    amount_yen = models.BigIntegerField()
    about = models.CharField(max_length=40, blank=True)
    claims_id = models.CharField(max_length=40, blank=True)
    fate = models.CharField(max_length=8, default="once", choices=[(name, name) for name in FATES])
    made_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["send_at"], condition=Q(send_at__isnull=False), name="sandbox_event_due")]

    def __str__(self) -> str:
        return f"{self.ref} {self.kind}"
