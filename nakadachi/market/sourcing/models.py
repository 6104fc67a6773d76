"""Proposals and the parts of them that a worker keeps for reuse."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.lifecycle import LIVING
from nakadachi.people.models import Member

TEMPLATE_NAME_LENGTH_MAX = 60


class Proposal(models.Model):
    """What one worker offers for one job, in three parts: who I am, what I have done, how I would do this."""

    class Status(models.TextChoices):
        """As in `lifecycle.PROPOSAL`."""

        SENT = "sent", _("Waiting for the client")
        CHOSEN = "chosen", _("Chosen, waiting for the worker's answer")
        ACCEPTED = "accepted", _("Under contract")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DECLINED = "declined", _("Not chosen")

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="proposals")
    worker = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="proposals")
    introduction = models.TextField(blank=True)
    track_record = models.TextField(blank=True)
    approach = models.TextField()
    amount_yen = models.BigIntegerField()
    deliver_on = models.DateField()
    wishes_continuation = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SENT)
    sent_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [
            models.Index(fields=["job", "-sent_at", "-id"], name="proposal_by_job"),
            models.Index(fields=["worker", "-sent_at", "-id"], name="proposal_by_worker"),
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
    def is_living(self) -> bool:
        """True while it may still become work, or has."""
        return self.status in LIVING


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
