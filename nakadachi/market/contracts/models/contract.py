"""The contract itself, its price of a unit, and its written terms."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.erased import ErasableCharField
from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.people.models import Member

if TYPE_CHECKING:
    from nakadachi.market.contracts.models.milestone import Milestone

TITLE_LENGTH_MAX = 100
ENDS = {"completed", "ended", "declined", "lapsed", "withdrawn"}
AMOUNT = Q(amount_yen__gt=0) & Q(amount_yen__lt=AMOUNT_YEN_MAX)


class Contract(models.Model):
    """What a client and a worker agreed. Names, amounts and dates also stand in its written `Terms`.

    `amount_yen` is the price of the whole for a project, of one unit (an hour, a month) for the other formats.
    `deal_ends_at` is the 取引期限: without a step until then it ends by rule (see `deal`); hourly work has none.
    It comes from a proposal, or is `reorder_of` a finished one of the same two and the same job; that takes no place.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.CONTRACT`."""

        OFFERED = "offered", _("Offered")
        ACTIVE = "active", _("In progress")
        COMPLETED = "completed", _("Completed")
        ENDED = "ended", _("Ended")
        DECLINED = "declined", _("Declined by the worker")
        LAPSED = "lapsed", _("Lapsed")
        WITHDRAWN = "withdrawn", _("Offer taken back")

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="contracts")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="contracts")
    reorder_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reorders")
    client = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contracts_as_client")
    worker = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contracts_as_worker")
    title = ErasableCharField(max_length=TITLE_LENGTH_MAX)
    format = models.CharField(max_length=12)
    scope = models.TextField()
    amount_yen = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    deal_ends_at = models.DateTimeField(null=True)
    auto_accept_days = models.PositiveSmallIntegerField()
    revisions_max = models.PositiveSmallIntegerField()
    service = models.CharField(max_length=20)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)
    client_wrote_at = models.DateTimeField(null=True)
    worker_wrote_at = models.DateTimeField(null=True)

    has_nudges = False  # `queries.contract_for` reads with it whether a sign of life was ever asked for
    has_prompts = False  # ... and whether one side ever asked the other to look at something
    locked_milestones: "list[Milestone] | None" = None
    """All of them, as `locking.lock_milestones` locked them in the running transaction; moves keep them true."""

    class Meta:
        indexes = [
            models.Index(fields=["client", "status", "-id"], name="contract_by_client"),
            models.Index(fields=["worker", "status", "-id"], name="contract_by_worker"),
            models.Index(fields=["answer_by"], condition=Q(status="offered"), name="contract_unanswered"),
            models.Index(fields=["deal_ends_at"], condition=Q(status="active"), name="contract_by_deadline"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["offered", "active", *sorted(ENDS)]), name="contract_status_known"
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=~Q(status="withdrawn"), name="contract_of_proposal_once"
            ),
            models.CheckConstraint(condition=~Q(client=F("worker")), name="contract_has_two_sides"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=True) ^ Q(reorder_of__isnull=True), name="contract_of_proposal_or_reorder"
            ),
            models.CheckConstraint(
                condition=Q(format__in=["project", "hourly", "monthly"]), name="contract_format_known"
            ),
            models.CheckConstraint(condition=AMOUNT, name="contract_amount_in_limits"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=False) ^ Q(status__in=["offered", "declined", "lapsed", "withdrawn"]),
                name="contract_agreed_since",
            ),
            models.CheckConstraint(
                condition=Q(deal_ends_at__isnull=False) ^ (Q(format="hourly") | Q(agreed_at__isnull=True)),
                name="contract_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) ^ Q(status__in=["offered", "active"]), name="contract_closed_since"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """True when nothing can happen to it any more."""
        return self.status in ENDS

    def other_side(self, member_id: int) -> Member:
        """The one of the two who is not that member."""
        return self.worker if member_id == self.client_id else self.client


class UnitPrice(models.Model):
    """The price of one unit (an hour, a month) of a contract from a day on, as both sides agreed it. Never changed."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="unit_prices")
    from_on = models.DateField()
    amount_yen = models.BigIntegerField()
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=AMOUNT, name="unit_price_in_limits")]
        indexes = [models.Index(fields=["contract", "-from_on", "-id"], name="unit_price_by_day")]

    def __str__(self) -> str:
        return f"{self.contract}: {self.amount_yen} from {self.from_on}"


class Terms(models.Model):
    """One version of the written terms. The document is never changed; `sha256` is over its canonical JSON."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    agreed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["contract", "version"], name="terms_version_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="terms_has_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} v{self.version}"
