"""What one side proposes and the other answers: a change of the terms, an ending."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nakadachi.market.contracts.models.contract import Contract
from nakadachi.people.models import Member


class TermsChange(models.Model):
    """One side's proposal to change the terms.

    `dates` are `{milestone_id, before, due_on}`, `prices` `{milestone_id, before, amount_yen}`, `added` are
    `{title, amount_yen, due_on}`, days in ISO. `scope` is the whole new text, `rate` `{before, amount_yen, from_on}`,
    `deal_ends_on` a later day for the deal deadline.
    A higher price of money that is set aside holds once the client has paid in the difference: until then `agreed`.
    At `answer_by` it lapses, unanswered or unpaid.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.TERMS_CHANGE`."""

        OPEN = "open", _("Waiting for an answer")
        AGREED = "agreed", _("Agreed, the difference is to be set aside")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Not agreed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    WAITING = (Status.OPEN.value, Status.AGREED.value)
    """While it may still come to hold."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms_changes")
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="terms_changes")
    dates = models.JSONField(default=list)
    prices = models.JSONField(default=list)
    added = models.JSONField(default=list)
    scope = models.TextField(blank=True)
    rate = models.JSONField(null=True)
    deal_ends_on = models.DateField(null=True)
    reason = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [
            models.Index(
                fields=["answer_by"], condition=Q(status__in=["open", "agreed"]), name="terms_change_unanswered"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(status__in=["open", "agreed"]), name="terms_change_open_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "agreed", "accepted", "declined", "withdrawn", "lapsed"]),
                name="terms_change_status_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="terms_change_has_reason"),
            models.CheckConstraint(
                condition=~Q(dates=[], added=[], prices=[], scope="", rate__isnull=True, deal_ends_on__isnull=True),
                name="terms_change_changes_something",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ ~Q(status="open"), name="terms_change_answered_since"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=False) | ~Q(status__in=["open", "agreed"]),
                name="terms_change_waits_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.status}"

    @property
    def is_waiting(self) -> bool:
        """True while it may still come to hold."""
        return self.status in self.WAITING


class EndProposal(models.Model):
    """One side's proposal to end the contract early, with what the worker gets of each funded milestone. At `answer_by`
    it lapses."""

    class Status(models.TextChoices):
        """As in `lifecycle.END_PROPOSAL`."""

        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Not agreed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="end_proposals")
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="end_proposals")
    settlement = models.JSONField()
    reason = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["answer_by"], condition=Q(status="open"), name="end_proposal_unanswered")]
        constraints = [
            models.UniqueConstraint(fields=["contract"], condition=Q(status="open"), name="end_proposal_open_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "accepted", "declined", "withdrawn", "lapsed"]),
                name="end_proposal_status_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="end_proposal_has_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ ~Q(status="open"), name="end_proposal_answered_since"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=False) | ~Q(status="open"), name="end_proposal_waits_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.status}"
