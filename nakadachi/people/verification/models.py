"""What a member showed."""

from django.db import models

from nakadachi.people.models import Member

SAID_LENGTH_MAX = 80


class Evidence(models.Model):
    """One request: the name as in the papers, or the phone number; pictures of papers are stored files of this row."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="evidence")
    what = models.CharField(max_length=8, choices=[("identity", "identity"), ("phone", "phone")])
    said = models.CharField(max_length=SAID_LENGTH_MAX)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member", "what", "-id"], name="evidence_by_member")]

    def __str__(self) -> str:
        return f"{self.what} of {self.member_id}"
