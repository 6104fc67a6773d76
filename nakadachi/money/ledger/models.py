"""The ledger's tables, for reading only: they are made by `sql/*.sql` and written by `ledger.book` alone."""

from django.db import models


class Account(models.Model):
    """Where yen can stand. Ids below 1000 are the fixed system accounts of `chart.py`."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    owner_type = models.TextField()
    owner_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    posting_mode = models.CharField(max_length=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = '"ledger"."account"'

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """`member:12`, `hold:7`, `psp_clearing`."""
        return self.kind if self.owner_id is None else f"{self.kind}:{self.owner_id}"


class Journal(models.Model):
    """One balanced set of entries: one thing that happened to money."""

    id = models.BigIntegerField(primary_key=True)
    posted_at = models.DateTimeField()
    effective_at = models.DateField()
    kind = models.TextField()
    ref_type = models.TextField()
    ref_id = models.BigIntegerField(null=True)
    calc = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = '"ledger"."journal"'

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class Entry(models.Model):
    """One line of a journal: credit +, debit −."""

    pk = models.CompositePrimaryKey("journal_id", "line")
    journal_id = models.BigIntegerField()
    line = models.SmallIntegerField()
    account_id = models.BigIntegerField()
    amount = models.BigIntegerField()
    posted_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = '"ledger"."entry"'

    def __str__(self) -> str:
        return f"{self.journal_id}/{self.line}: {self.amount:+d}"
