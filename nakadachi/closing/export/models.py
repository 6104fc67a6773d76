"""One request for everything, how far it is, and where the archive lies."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from nakadachi.infra.files.models import StoredFile
from nakadachi.people.models import Member

RUNNING = ("asked", "building")


class Export(models.Model):
    """`steps_done` of `steps_total` are done; `attempts` counts how often the job began. Size and hash stay known
    after the archive itself was removed."""

    class Status(models.TextChoices):
        """As in `lifecycle.EXPORT`."""

        ASKED = "asked", pgettext_lazy("export", "About to begin")
        BUILDING = "building", pgettext_lazy("export", "Being gathered")
        READY = "ready", pgettext_lazy("export", "Ready")
        FAILED = "failed", pgettext_lazy("export", "Could not be made")
        EXPIRED = "expired", pgettext_lazy("export", "Removed")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="exports")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ASKED)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    size_bytes = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [
            models.Index(fields=["member", "-id"], name="export_by_member"),
            models.Index(fields=["expires_at"], condition=Q(status="ready"), name="export_to_remove"),
            models.Index(fields=["asked_at"], condition=Q(status__in=RUNNING), name="export_running"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(status__in=RUNNING), name="export_running_once"),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "building", "ready", "failed", "expired"]), name="export_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="ready", file__isnull=False, expires_at__isnull=False)
                | (~Q(status="ready") & Q(file=None)),
                name="export_ready_has_file",
            ),
            models.CheckConstraint(condition=Q(steps_done__lte=models.F("steps_total")), name="export_steps_within"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk} ({self.status})"

    @property
    def is_running(self) -> bool:
        """True until it is ready or has failed."""
        return self.status in RUNNING

    @property
    def percent(self) -> int:
        """How far it is, in hundredths."""
        return self.steps_done * 100 // self.steps_total if self.steps_total else 0
