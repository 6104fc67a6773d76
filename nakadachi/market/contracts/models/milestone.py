"""A piece of the work, and what was handed in for it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nakadachi.market.contracts.models.contract import AMOUNT, TITLE_LENGTH_MAX, Contract
from nakadachi.market.contracts.standing_still import StandsStill
from nakadachi.money.escrow.models import Hold

MILESTONES_MAX = 200


class Milestone(StandsStill, models.Model):
    """One piece of the work with its own money. Funded exactly when its hold is.

    `delivered_at` is that of the delivery before the client; `first_delivered_at` of the first that was not withdrawn.
    Of work by the month each month is one: `period_from` to `period_to`, not begun when unpaid at `fund_by`.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.MILESTONE`."""

        OPEN = "open", _("Not delivered yet")
        DELIVERED = "delivered", _("Waiting for inspection")
        ACCEPTED = "accepted", _("Delivery accepted")
        HANDED_BACK = "handed_back", _("Handed back")
        SETTLED = "settled", _("Closed with the contract")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH_MAX)
    amount_yen = models.BigIntegerField()
    due_on = models.DateField()
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    fund_by = models.DateTimeField(null=True)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="milestone")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    first_delivered_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    auto_accept_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    revisions_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["contract_id", "position"]
        indexes = [
            models.Index(fields=["auto_accept_at"], condition=Q(status="delivered"), name="milestone_silent"),
            models.Index(
                fields=["fund_by"], condition=Q(status="open", fund_by__isnull=False), name="milestone_to_fund"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["contract", "position"], name="milestone_position_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "delivered", "accepted", "handed_back", "settled"]),
                name="milestone_status_known",
            ),
            models.CheckConstraint(condition=AMOUNT, name="milestone_amount_in_limits"),
            models.CheckConstraint(
                condition=Q(auto_accept_at__isnull=False, delivered_at__isnull=False) | ~Q(status="delivered"),
                name="milestone_delivered_has_timer",
            ),
            models.CheckConstraint(
                condition=Q(auto_accept_at__isnull=True) | Q(status="delivered"), name="milestone_timer_only_delivered"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False) ^ ~Q(status="accepted"), name="milestone_accepted_since"
            ),
            models.CheckConstraint(
                condition=Q(hold__isnull=False) | Q(status__in=["open", "settled"]), name="milestone_work_needs_hold"
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True, period_to__isnull=True, fund_by__isnull=True)
                | Q(period_from__isnull=False, period_to__gte=F("period_from"), fund_by__isnull=False),
                name="milestone_period_whole",
            ),
            models.UniqueConstraint(fields=["contract", "period_from"], name="milestone_period_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pending(self) -> bool:
        """True until it is accepted, handed back or settled."""
        return self.status in {self.Status.OPEN, self.Status.DELIVERED}

    @property
    def is_funded(self) -> bool:
        """True while its money is held (reads the hold: load it with the milestone)."""
        return self.hold is not None and self.hold.status == "funded"

    @property
    def is_frozen(self) -> bool:
        """True while its money stands still: the card company decides on a dispute, or a mediation is on."""
        return self.hold is not None and self.hold.status == "frozen"


class Delivery(models.Model):
    """What the worker handed in, once per attempt. Its files belong to it (`infra.files`)."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    delivered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    revision_reason = models.TextField(blank=True)
    revision_requested_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="delivery_number_once"),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(withdrawn_at=None, revision_requested_at=None),
                name="delivery_current_once",
            ),
            models.CheckConstraint(
                condition=Q(revision_requested_at__isnull=True) ^ ~Q(revision_reason=""),
                name="delivery_revision_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} #{self.number}"

    @property
    def is_current(self) -> bool:
        """True for the delivery that is (or was last) before the client."""
        return self.withdrawn_at is None and self.revision_requested_at is None


class Revision(Delivery):
    """A delivery as the client's request to change it. The files the client put beside the reason belong to it."""

    class Meta:
        proxy = True
