"""The mails on their way out, and for a while those that have left."""

from django.db import models
from django.db.models import Q

ERROR_LENGTH_MAX = 200
SUBJECT_LENGTH_MAX = 300


class Mail(models.Model):
    """One mail to one address. Its text is forgotten once it was sent.

    `next_at`: when it is due (again), empty when it was sent. `parked_at`: given up until somebody looks.
    """

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=64)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=SUBJECT_LENGTH_MAX)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    headers = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=ERROR_LENGTH_MAX, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_at__isnull=False) ^ Q(sent_at__isnull=False) ^ Q(parked_at__isnull=False),
                name="mail_due_sent_or_parked",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="mail_due"),
            models.Index(fields=["-parked_at", "-id"], condition=Q(parked_at__isnull=False), name="mail_parked"),
            models.Index(fields=["sent_at"], condition=Q(sent_at__isnull=False), name="mail_sent"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}: {self.kind}"
