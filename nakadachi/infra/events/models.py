"""The event row."""

from django.db import models


class Event(models.Model):
    """One thing that happened. No foreign keys, so that history survives what it tells of."""

    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["actor_kind", "actor_id", "id"], name="event_by_actor"),
            models.Index(fields=["kind", "id"], name="event_by_kind", opclasses=["varchar_pattern_ops", "int8_ops"]),
            models.Index(fields=["at", "id"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"
