"""Versions of texts, drafts of the next ones, and agreements."""

from datetime import date

from django.db import models
from django.db.models import Q

from nakadachi.people.agreements.kinds import KINDS
from nakadachi.people.models import Member

BODY_LENGTH_MAX = 60_000
NOTE_LENGTH_MAX = 400


class LegalText(models.Model):
    """One published version. `template_*` is what was written, `filled_*` what everybody reads; `sha256` is of both.

    Without `published_by` it is the text that comes with the program.
    """

    kind = models.CharField(max_length=16, choices=list(KINDS.items()))
    version = models.PositiveIntegerField()
    template_ja = models.TextField()
    template_en = models.TextField()
    filled_ja = models.TextField()
    filled_en = models.TextField()
    note = models.CharField(max_length=NOTE_LENGTH_MAX, blank=True)
    sha256 = models.CharField(max_length=64)
    takes_effect_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="legal_text_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="legal_text_version_from_one"),
            models.CheckConstraint(condition=~Q(filled_ja="") & ~Q(filled_en=""), name="legal_text_both_languages"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def dated(self) -> str:
        """The end of its own address."""
        return f"{self.takes_effect_on:%Y-%m-%d}-{self.version}"

    def body(self, language: str) -> str:
        """What everybody reads, in one of the two languages."""
        return self.filled_en if language == "en" else self.filled_ja

    def is_in_force(self, on: date) -> bool:
        """Whether its day has come."""
        return self.takes_effect_on <= on


class LegalDraft(models.Model):
    """The next version of a text, being written by staff."""

    kind = models.CharField(max_length=16, choices=list(KINDS.items()), primary_key=True)
    body_ja = models.TextField()
    body_en = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"draft of {self.kind}"


class Acceptance(models.Model):
    """A member agreed to one version; `sha256` is that of the text they were shown."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="acceptances")
    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="acceptances")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "text"], name="acceptance_once")]

    def __str__(self) -> str:
        return f"{self.member_id} agreed to {self.text_id}"
