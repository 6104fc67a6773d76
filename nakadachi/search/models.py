"""The index row of one open job."""

from typing import Any

from django.db import models


class TsVector(models.Field):
    """A PostgreSQL tsvector: written by `indexing`, compared in `queries`, never read back."""

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return "tsvector"


class JobIndex(models.Model):
    """What a search looks at. No foreign key: the row may be thrown away and made again at any time."""

    job_id = models.BigIntegerField(primary_key=True)
    words = TsVector()
    pairs = TsVector()
    plain = models.TextField()
    format = models.CharField(max_length=12)
    category = models.CharField(max_length=20)
    budget_min_yen = models.BigIntegerField()
    budget_max_yen = models.BigIntegerField()
    no_experience_ok = models.BooleanField()
    beginner_welcome = models.BooleanField()
    continuing = models.BooleanField()
    char_rate_sen = models.IntegerField(null=True)
    opened_at = models.DateTimeField()
    closes_on = models.DateField()
    dictionary = models.CharField(max_length=40)

    class Meta:
        indexes = [
            models.Index(fields=["-opened_at", "-job_id"], name="search_newest"),
            models.Index(fields=["-budget_max_yen", "-job_id"], name="search_pay"),
            models.Index(fields=["closes_on", "job_id"], name="search_closing"),
        ]

    def __str__(self) -> str:
        return f"index of job {self.job_id}"
