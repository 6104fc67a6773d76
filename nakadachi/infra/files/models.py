"""The rows that describe files: those that are kept, and those that are on their way."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """An unguessable name (192 bits)."""
    return secrets.token_urlsafe(24)


class StoredFile(models.Model):
    """One uploaded file. `owner_type`/`owner_id` name the object whose visibility decides who may read it."""

    class Preview(models.TextChoices):
        """How far the small pictures of it are."""

        NONE = "none", _("No preview")
        WAITING = "waiting", _("The preview is being made")
        READY = "ready", _("Preview")
        FAILED = "failed", _("No preview could be made")

    class Scan(models.TextChoices):
        """What the virus check says. Without a scanner nothing is asked."""

        NONE = "none", _("Not checked for viruses")
        WAITING = "waiting", _("Being checked for viruses")
        CLEAN = "clean", _("Checked for viruses")
        BAD = "bad", _("Stopped by the virus check")

    token = models.CharField(max_length=40, unique=True, default=new_token)
    owner_type = models.CharField(max_length=64)
    owner_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by_id = models.BigIntegerField()
    uploaded_at = models.DateTimeField()
    preview = models.CharField(max_length=8, choices=Preview, default=Preview.NONE)
    scan = models.CharField(max_length=8, choices=Scan, default=Scan.NONE)

    class Meta:
        indexes = [
            models.Index(fields=["owner_type", "owner_id"], name="file_by_owner"),
            models.Index(fields=["uploaded_by_id"], name="file_by_uploader"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(size_bytes__gt=0), name="file_not_empty")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.token[:2]}/{self.token}"

    def preview_path(self, size: str) -> str:
        """Where the preview of that size ("small" or "large") lies."""
        return f"{self.path}.{size}.webp"

    @property
    def has_preview(self) -> bool:
        """Whether there is a picture to show."""
        return self.preview == self.Preview.READY


class Upload(models.Model):
    """A file on its way, its sender's alone, until a form takes it. How much has arrived is the length of its part."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    member_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField()
    started_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["member_id"], name="upload_by_member"),
            models.Index(fields=["started_at"], name="upload_by_age"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(size_bytes__gt=0), name="upload_not_empty")]

    def __str__(self) -> str:
        return self.name
