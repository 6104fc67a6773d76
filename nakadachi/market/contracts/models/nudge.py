"""A sign of life that is asked for."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nakadachi.market.contracts.models.contract import Contract
from nakadachi.people.models import Member


class Nudge(models.Model):
    """連絡催促: the silent side is asked for a sign of life. Without one by `due_at` the contract ends by rule."""

    class Status(models.TextChoices):
        """As in `lifecycle.NUDGE`."""

        OPEN = "open", _("Waiting for a sign of life")
        ANSWERED = "answered", _("Answered")
        CARRIED_OUT = "carried_out", _("Ended by silence")
        OVERTAKEN = "overtaken", _("Overtaken by something else")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="nudges")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="nudges")
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(status="open"), name="nudge_open_by_due")]
        constraints = [
            models.UniqueConstraint(fields=["contract"], condition=Q(status="open"), name="nudge_open_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "answered", "carried_out", "overtaken"]), name="nudge_status_known"
            ),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) ^ ~Q(status="open"), name="nudge_closed_since"),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.status}"
