"""Payouts, the runs that carry them, and whom a run had to pass over."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nakadachi.people.models import Member


class ClosingRun(models.Model):
    """Everything that is paid on one day by one transfer file.

    The run of a closing day of the calendar exists once. An extra run, made by the operator on any day, takes only
    what was asked for. The bytes of the file are kept, so that a second download is the same file.
    """

    class Status(models.TextChoices):
        """See `lifecycle.RUN`."""

        OPEN = "open", _("Closed, file not made yet")
        FILED = "filed", _("File made")
        SENT = "sent", _("Sent")

    closes_on = models.DateField()
    pays_on = models.DateField()
    is_extra = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    request_key = models.UUIDField(unique=True)
    closed_at = models.DateTimeField()
    transfers = models.IntegerField(default=0)
    total_yen = models.BigIntegerField(default=0)
    file_name = models.CharField(max_length=60, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file = models.BinaryField(null=True)
    filed_at = models.DateTimeField(null=True)
    bank_charge_yen = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closes_on"], condition=Q(is_extra=False), name="run_once_a_closing_day"),
            models.CheckConstraint(condition=Q(pays_on__gt=F("closes_on")), name="run_pays_after_closing"),
            models.CheckConstraint(condition=Q(status__in=["open", "filed", "sent"]), name="run_status_known"),
            models.CheckConstraint(
                condition=Q(status="open", file=None, filed_at=None)
                | Q(status__in=["filed", "sent"], file__isnull=False, filed_at__isnull=False),
                name="run_filed_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False, bank_charge_yen__gte=0), name="run_sent_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closes_on:%Y-%m-%d} → {self.pays_on:%Y-%m-%d}"


class Payout(models.Model):
    """One transfer to one member. `amount_yen` leaves the balance, `pays_yen` reaches the bank account."""

    class Status(models.TextChoices):
        """See `lifecycle.PAYOUT`."""

        REQUESTED = "requested", _("Requested")
        BATCHED = "batched", _("Being transferred")
        SENT = "sent", _("Transferred")
        RETURNED = "returned", _("Came back")
        CANCELLED = "cancelled", _("Cancelled")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payouts")
    run = models.ForeignKey(ClosingRun, on_delete=models.PROTECT, null=True, related_name="payouts")
    amount_yen = models.BigIntegerField()
    bank_fee_yen = models.BigIntegerField(default=0)
    pays_yen = models.BigIntegerField()
    destination = models.JSONField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    by_run = models.BooleanField(default=False)
    request_key = models.UUIDField(unique=True)
    requested_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=200, blank=True)
    journal_id = models.BigIntegerField(null=True)
    unclaimed_of = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yen=F("pays_yen") + F("bank_fee_yen"), bank_fee_yen__gte=0, pays_yen__gt=0),
                name="payout_parts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["requested", "cancelled"], run=None)
                | Q(status__in=["batched", "sent", "returned"], run__isnull=False),
                name="payout_in_a_run_or_not",
            ),
            models.UniqueConstraint(fields=["member"], condition=Q(status="requested"), name="payout_requested_once"),
        ]
        indexes = [
            models.Index(fields=["run", "id"], name="payout_by_run"),
            models.Index(fields=["member", "-id"], name="payout_by_member"),
            models.Index(fields=["status"], condition=Q(status__in=["requested", "batched"]), name="payout_in_flight"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.pays_yen}"

    @property
    def masked(self) -> dict[str, Any]:
        """Bank, branch and the last three digits, for pages."""
        frozen = self.destination
        return {"bank": frozen["bank_name"], "branch": frozen["branch_name"], "number": f"****{frozen['number'][-3:]}"}


class Skip(models.Model):
    """A member whose balance a run could not take, and why; the member reads it beside the payouts."""

    class Reason(models.TextChoices):
        """What the member can mend."""

        NO_ACCOUNT = "no_account", _("No bank account is registered")
        ACCOUNT_REFUSED = "account_refused", _("The last transfer to the registered account came back")
        HELD = "held", _("Mail address or bank account changed, or password reset, shortly before")

    run = models.ForeignKey(ClosingRun, on_delete=models.PROTECT, related_name="skips")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payout_skips")
    amount_yen = models.BigIntegerField()
    reason = models.CharField(max_length=16, choices=Reason.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "member"], name="skip_once_a_run")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.reason}"
