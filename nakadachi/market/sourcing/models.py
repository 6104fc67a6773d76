"""Proposals, what they said before, what was said back about price and day; and parts kept for reuse."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.erased import ErasableTextField
from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.lifecycle import LIVING
from nakadachi.people.models import Member

TEMPLATE_NAME_LENGTH_MAX = 60
NOTE_LENGTH_MAX = 1000


class Proposal(models.Model):
    """What one worker offers for one job, in three parts: who I am, what I have done, how I would do this.

    `amount_yen` is the price of one unit of the job's format: of the whole, of an hour, of a month. `deliver_on` is the
    day of the delivery, or for hourly and monthly work, which has none, the day it begins.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.PROPOSAL`."""

        SENT = "sent", _("Waiting for the client")
        CHOSEN = "chosen", _("Chosen, waiting for the worker's answer")
        ACCEPTED = "accepted", _("Under contract")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DECLINED = "declined", _("Not chosen")

    class Reason(models.TextChoices):
        """Why a client chose otherwise. The worker reads it, so each is kind."""

        THIS_TIME = "this_time", _("Not this time")
        ANOTHER = "another", _("Decided for another worker")
        CONDITIONS = "conditions", _("The amount or the conditions did not fit")
        SCHEDULE = "schedule", _("The dates did not fit")
        EXPERIENCE = "experience", _("Looking for other experience this time")
        STOPPED = "stopped", _("The job itself was dropped")
        FILLED = "filled", _("All places are filled")
        SILENT = "silent", _("The client did not answer in time")

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="proposals")
    worker = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="proposals")
    introduction = models.TextField(blank=True)
    track_record = models.TextField(blank=True)
    approach = ErasableTextField()
    amount_yen = models.BigIntegerField()
    deliver_on = models.DateField()
    wishes_continuation = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SENT)
    sent_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    """When the client had it to answer once more: an offer was taken back, or a refusal thought over."""
    version = models.PositiveIntegerField(default=1)
    revised_at = models.DateTimeField(null=True)
    job_version = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    decline_note = models.CharField(max_length=NOTE_LENGTH_MAX, blank=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)
    revise_key = models.UUIDField(null=True)
    """Of the form that changed it last: sent again, it changes nothing."""

    class Meta:
        indexes = [
            models.Index(fields=["job", "-sent_at", "-id"], name="proposal_by_job"),
            models.Index(fields=["worker", "-sent_at", "-id"], name="proposal_by_worker"),
            models.Index(fields=["job", "amount_yen", "id"], name="proposal_by_amount"),
            models.Index(fields=["job", "deliver_on", "id"], name="proposal_by_day"),
            models.Index(fields=["job"], condition=Q(status="sent"), name="proposal_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "worker"], condition=Q(status__in=LIVING), name="proposal_living_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["sent", "chosen", "accepted", "withdrawn", "declined"]),
                name="proposal_status_known",
            ),
            models.CheckConstraint(
                condition=Q(amount_yen__gt=0) & Q(amount_yen__lt=AMOUNT_YEN_MAX), name="proposal_amount_in_limits"
            ),
            models.CheckConstraint(condition=~Q(approach=""), name="proposal_has_approach"),
        ]

    def __str__(self) -> str:
        return f"{self.worker} → {self.job}"

    @property
    def stands_since(self) -> datetime:
        """Since when it says what it says now."""
        return self.revised_at or self.sent_at


class ProposalVersion(models.Model):
    """What a proposal said before it was changed; what it says now is the proposal itself. Never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    contents = models.JSONField()
    job_version = models.PositiveIntegerField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]

    def __str__(self) -> str:
        return f"{self.proposal} v{self.number}"


class Counter(models.Model):
    """Another amount or day that one side suggests for a proposal. Binds nobody: a contract does."""

    class Status(models.TextChoices):
        """As in `lifecycle.COUNTER`."""

        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Not agreed")
        WITHDRAWN = "withdrawn", _("Taken back")
        REPLACED = "replaced", _("Replaced by a newer one")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="counters")
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    amount_yen = models.BigIntegerField()
    deliver_on = models.DateField()
    note = models.CharField(max_length=NOTE_LENGTH_MAX, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal"], condition=Q(status="open"), name="counter_open_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "accepted", "declined", "withdrawn", "replaced"]),
                name="counter_status_known",
            ),
            models.CheckConstraint(
                condition=Q(amount_yen__gt=0) & Q(amount_yen__lt=AMOUNT_YEN_MAX), name="counter_amount_in_limits"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ ~Q(status="open"), name="counter_answered_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.amount_yen}"

    @property
    def is_open(self) -> bool:
        """True while it waits for the other side."""
        return self.status == self.Status.OPEN


class ProposalTemplate(models.Model):
    """The two parts of a proposal that stay the same; the third is always new."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="proposal_templates")
    name = models.CharField(max_length=TEMPLATE_NAME_LENGTH_MAX)
    introduction = models.TextField(blank=True)
    track_record = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="proposal_template_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="proposal_template_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
