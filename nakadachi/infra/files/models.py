"""The row that describes a stored file."""

import secrets

from django.db import models


def new_token() -> str:
    """An unguessable name (192 bits)."""
    return secrets.token_urlsafe(24)


class StoredFile(models.Model):
    """One uploaded file. `owner_type`/`owner_id` name the object whose visibility decides who may read it."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    owner_type = models.CharField(max_length=64)
    owner_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by_id = models.BigIntegerField()
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="file_by_owner")]
        constraints = [models.CheckConstraint(condition=models.Q(size_bytes__gt=0), name="file_not_empty")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.token[:2]}/{self.token}"
