"""A friendly word to the side whose turn it is."""

import uuid

from django.db import models
from django.db.models import Q

from nakadachi.market.contracts.models.contract import Contract
from nakadachi.market.contracts.models.milestone import Milestone
from nakadachi.people.models import Member

WHATS = ("offer", "funding", "inspection")


class Prompt(models.Model):
    """確認のお願い: the waiting side asked the other to look at what waits. It has no effect but the notice."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="prompts")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["contract", "-asked_at"], name="prompt_by_contract")]
        constraints = [models.CheckConstraint(condition=Q(what__in=WHATS), name="prompt_what_known")]

    def __str__(self) -> str:
        return f"{self.contract}: {self.what}"
