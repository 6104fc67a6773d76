"""Cases, and what is written down in them: statements, sealed offers, rulings."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.market.contracts.models import Contract
from nakadachi.money.escrow.models import Hold
from nakadachi.people.models import Member

OPEN = ("talking", "deciding", "decided", "appealed")


class Side(models.TextChoices):
    """Of a contract."""

    CLIENT = "client", _("Client")
    WORKER = "worker", _("Worker")


class Case(models.Model):
    """One claim about one hold. `due_at` is when the present stage ends by itself.

    `rest_yen` (gross) is what there is to divide; `result_yen` of it the worker got in the end.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.CASE`."""

        TALKING = "talking", pgettext_lazy("case", "Talking")
        DECIDING = "deciding", pgettext_lazy("case", "Waiting for the ruling")
        DECIDED = "decided", pgettext_lazy("case", "Ruled, open to appeal")
        APPEALED = "appealed", pgettext_lazy("case", "Appealed")
        CLOSED = "closed", pgettext_lazy("case", "Closed")

    class Outcome(models.TextChoices):
        """How it ended; empty while it is open."""

        OPEN = "", ""
        AGREED = "agreed", pgettext_lazy("case", "Settled between the two sides")
        RULED = "ruled", pgettext_lazy("case", "As the operator ruled")
        APPEAL = "appeal", pgettext_lazy("case", "As ruled on the appeal")
        DEFAULT = "default", pgettext_lazy("case", "By the published rule")
        WITHDRAWN = "withdrawn", pgettext_lazy("case", "Taken back")
        MOOT = "moot", pgettext_lazy("case", "Nothing left to divide")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="cases")
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="cases")
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cases_opened")
    reason = models.TextField()
    rest_yen = models.BigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.TALKING)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    client_accepts = models.BooleanField(default=False)
    worker_accepts = models.BooleanField(default=False)
    appealed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    appeal_reason = models.TextField(blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    result_yen = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status__in=OPEN), name="case_by_due"),
            models.Index(fields=["contract", "-id"], name="case_by_contract"),
            models.Index(fields=["status", "due_at", "id"], name="case_queue"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["hold"], condition=Q(status__in=OPEN), name="case_open_once"),
            models.CheckConstraint(condition=Q(status__in=[*OPEN, "closed"]), name="case_status_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="case_has_reason"),
            models.CheckConstraint(condition=Q(rest_yen__gt=0), name="case_about_money"),
            models.CheckConstraint(
                condition=Q(result_yen__isnull=True) | Q(result_yen__gte=0, result_yen__lte=F("rest_yen")),
                name="case_result_within",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False, due_at=None) & ~Q(outcome="")
                | (~Q(status="closed") & Q(closed_at=None, due_at__isnull=False, outcome="")),
                name="case_closed_since",
            ),
            models.CheckConstraint(
                condition=Q(appealed_by=None, appeal_reason="") | (Q(appealed_by__isnull=False) & ~Q(appeal_reason="")),
                name="case_appeal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk} ({self.status})"

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.status in OPEN

    def side_of(self, member_id: int | None) -> Side | None:
        """Which side of the contract a member is."""
        if member_id is None:
            return None
        return {self.contract.client_id: Side.CLIENT, self.contract.worker_id: Side.WORKER}.get(member_id)


class Statement(models.Model):
    """What a side, or the operator, wrote down. Its files belong to it (`infra.files`)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statements")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="statement_by_case")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="statement_says_something")]

    def __str__(self) -> str:
        return f"statement {self.pk} of {self.case_id}"


class SealedOffer(models.Model):
    """How much (gross) of the rest the worker should get, as one side would settle. The other side never sees it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    side = models.CharField(max_length=6, choices=Side.choices)
    number = models.PositiveSmallIntegerField()
    worker_amount_yen = models.BigIntegerField()
    at = models.DateTimeField()
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "side", "number"], name="sealedoffer_number_once"),
            models.CheckConstraint(condition=Q(worker_amount_yen__gte=0), name="sealedoffer_not_negative"),
            models.CheckConstraint(condition=Q(side__in=["client", "worker"]), name="sealedoffer_side_known"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk} of {self.case_id}"


class Ruling(models.Model):
    """What the operator decided, and why; a second one only after an appeal."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rulings")
    number = models.PositiveSmallIntegerField()
    worker_amount_yen = models.BigIntegerField()
    reasons = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="ruling_number_once"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="ruling_first_or_second"),
            models.CheckConstraint(condition=~Q(reasons=""), name="ruling_has_reasons"),
            models.CheckConstraint(condition=Q(worker_amount_yen__gte=0), name="ruling_not_negative"),
        ]

    def __str__(self) -> str:
        return f"ruling {self.number} of {self.case_id}"
