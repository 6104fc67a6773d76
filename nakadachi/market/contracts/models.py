"""Contracts, milestones, deliveries, terms, and proposals to change or to end."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.market.contracts.standing_still import StandsStill
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.escrow.models import Hold
from nakadachi.people.models import Member

TITLE_LENGTH_MAX = 100
MILESTONES_MAX = 200

_ENDS = {"completed", "ended", "declined", "lapsed", "withdrawn"}
_AMOUNT = Q(amount_yen__gt=0) & Q(amount_yen__lt=AMOUNT_YEN_MAX)


class Contract(models.Model):
    """What a client and a worker agreed. Names, amounts and dates also stand in its written `Terms`.

    `amount_yen` is the price of the whole for a project, of one unit (an hour, a month) for the other formats.
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
    title = models.CharField(max_length=TITLE_LENGTH_MAX)
    format = models.CharField(max_length=12)
    scope = models.TextField()
    amount_yen = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    auto_accept_days = models.PositiveSmallIntegerField()
    revisions_max = models.PositiveSmallIntegerField()
    service = models.CharField(max_length=20)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)
    client_wrote_at = models.DateTimeField(null=True)
    worker_wrote_at = models.DateTimeField(null=True)

    has_nudges = False  # `queries.contract_for` reads with it whether a sign of life was ever asked for
    locked_milestones: "list[Milestone] | None" = None
    """All of them, as `locking.lock_milestones` locked them in the running transaction; moves keep them true."""

    class Meta:
        indexes = [
            models.Index(fields=["client", "status", "-id"], name="contract_by_client"),
            models.Index(fields=["worker", "status", "-id"], name="contract_by_worker"),
            models.Index(fields=["answer_by"], condition=Q(status="offered"), name="contract_unanswered"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["offered", "active", *sorted(_ENDS)]), name="contract_status_known"
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
            models.CheckConstraint(condition=_AMOUNT, name="contract_amount_in_limits"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=False) ^ Q(status__in=["offered", "declined", "lapsed", "withdrawn"]),
                name="contract_agreed_since",
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
        return self.status in _ENDS

    def other_side(self, member_id: int) -> Member:
        """The one of the two who is not that member."""
        return self.worker if member_id == self.client_id else self.client


class Milestone(StandsStill, models.Model):
    """One piece of the work with its own money. Funded exactly when its hold is.

    `delivered_at` is that of the delivery before the client; `first_delivered_at` of the first that was not withdrawn.
    Of work by the month each month is one: `period_from` to `period_to`, not begun when unpaid at `fund_by`.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.MILESTONE`."""

        OPEN = "open", _("Not delivered yet")
        DELIVERED = "delivered", _("Waiting for inspection")
        ACCEPTED = "accepted", _("Delivery accepted")
        HANDED_BACK = "handed_back", _("Handed back")
        SETTLED = "settled", _("Closed with the contract")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH_MAX)
    amount_yen = models.BigIntegerField()
    due_on = models.DateField()
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    fund_by = models.DateTimeField(null=True)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="milestone")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    first_delivered_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    auto_accept_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    revisions_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["contract_id", "position"]
        indexes = [
            models.Index(fields=["auto_accept_at"], condition=Q(status="delivered"), name="milestone_silent"),
            models.Index(
                fields=["fund_by"], condition=Q(status="open", fund_by__isnull=False), name="milestone_to_fund"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["contract", "position"], name="milestone_position_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "delivered", "accepted", "handed_back", "settled"]),
                name="milestone_status_known",
            ),
            models.CheckConstraint(condition=_AMOUNT, name="milestone_amount_in_limits"),
            models.CheckConstraint(
                condition=Q(auto_accept_at__isnull=False, delivered_at__isnull=False) | ~Q(status="delivered"),
                name="milestone_delivered_has_timer",
            ),
            models.CheckConstraint(
                condition=Q(auto_accept_at__isnull=True) | Q(status="delivered"), name="milestone_timer_only_delivered"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False) ^ ~Q(status="accepted"), name="milestone_accepted_since"
            ),
            models.CheckConstraint(
                condition=Q(hold__isnull=False) | Q(status__in=["open", "settled"]), name="milestone_work_needs_hold"
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True, period_to__isnull=True, fund_by__isnull=True)
                | Q(period_from__isnull=False, period_to__gte=F("period_from"), fund_by__isnull=False),
                name="milestone_period_whole",
            ),
            models.UniqueConstraint(fields=["contract", "period_from"], name="milestone_period_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pending(self) -> bool:
        """True until it is accepted, handed back or settled."""
        return self.status in {self.Status.OPEN, self.Status.DELIVERED}

    @property
    def is_funded(self) -> bool:
        """True while its money is held (reads the hold: load it with the milestone)."""
        return self.hold is not None and self.hold.status == "funded"

    @property
    def is_frozen(self) -> bool:
        """True while its money stands still: the card company decides on a dispute, or a mediation is on."""
        return self.hold is not None and self.hold.status == "frozen"


class UnitPrice(models.Model):
    """The price of one unit (an hour, a month) of a contract from a day on, as both sides agreed it. Never changed."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="unit_prices")
    from_on = models.DateField()
    amount_yen = models.BigIntegerField()
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=_AMOUNT, name="unit_price_in_limits")]
        indexes = [models.Index(fields=["contract", "-from_on", "-id"], name="unit_price_by_day")]

    def __str__(self) -> str:
        return f"{self.contract}: {self.amount_yen} from {self.from_on}"


class Delivery(models.Model):
    """What the worker handed in, once per attempt. Its files belong to it (`infra.files`)."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    delivered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    revision_reason = models.TextField(blank=True)
    revision_requested_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="delivery_number_once"),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(withdrawn_at=None, revision_requested_at=None),
                name="delivery_current_once",
            ),
            models.CheckConstraint(
                condition=Q(revision_requested_at__isnull=True) ^ ~Q(revision_reason=""),
                name="delivery_revision_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} #{self.number}"

    @property
    def is_current(self) -> bool:
        """True for the delivery that is (or was last) before the client."""
        return self.withdrawn_at is None and self.revision_requested_at is None


class Revision(Delivery):
    """A delivery as the client's request to change it. The files the client put beside the reason belong to it."""

    class Meta:
        proxy = True


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


class TermsChange(models.Model):
    """One side's proposal to change the terms.

    `dates` are `{milestone_id, before, due_on}`, `prices` `{milestone_id, before, amount_yen}`, `added` are
    `{title, amount_yen, due_on}`, days in ISO. `scope` is the whole new text, `rate` `{before, amount_yen, from_on}`.
    A higher price of money that is set aside holds once the client has paid in the difference: until then `agreed`.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.TERMS_CHANGE`."""

        OPEN = "open", _("Waiting for an answer")
        AGREED = "agreed", _("Agreed, the difference is to be set aside")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Not agreed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms_changes")
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="terms_changes")
    dates = models.JSONField(default=list)
    prices = models.JSONField(default=list)
    added = models.JSONField(default=list)
    scope = models.TextField(blank=True)
    rate = models.JSONField(null=True)
    reason = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(status__in=["open", "agreed"]), name="terms_change_open_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "agreed", "accepted", "declined", "withdrawn"]),
                name="terms_change_status_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="terms_change_has_reason"),
            models.CheckConstraint(
                condition=~Q(dates=[], added=[], prices=[], scope="", rate__isnull=True),
                name="terms_change_changes_something",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ ~Q(status="open"), name="terms_change_answered_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.status}"

    @property
    def is_waiting(self) -> bool:
        """True while it may still come to hold."""
        return self.status in {self.Status.OPEN, self.Status.AGREED}


class EndProposal(models.Model):
    """One side's proposal to end the contract early, with what the worker gets of each funded milestone."""

    class Status(models.TextChoices):
        """As in `lifecycle.END_PROPOSAL`."""

        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Not agreed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="end_proposals")
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="end_proposals")
    settlement = models.JSONField()
    reason = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract"], condition=Q(status="open"), name="end_proposal_open_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "accepted", "declined", "withdrawn"]), name="end_proposal_status_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="end_proposal_has_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ ~Q(status="open"), name="end_proposal_answered_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.status}"


class Nudge(models.Model):
    """連絡催促: the silent side is asked for a sign of life. Without one by `due_at` the contract ends by rule."""

    class Status(models.TextChoices):
        """As in `lifecycle.NUDGE`."""

        OPEN = "open", _("Waiting for a sign of life")
        ANSWERED = "answered", _("Answered")
        CARRIED_OUT = "carried_out", _("Ended by silence")
        OVERTAKEN = "overtaken", _("Overtaken by something else")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="nudges")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="nudges")
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(status="open"), name="nudge_open_by_due")]
        constraints = [
            models.UniqueConstraint(fields=["contract"], condition=Q(status="open"), name="nudge_open_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "answered", "carried_out", "overtaken"]), name="nudge_status_known"
            ),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) ^ ~Q(status="open"), name="nudge_closed_since"),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.status}"
