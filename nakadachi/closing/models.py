"""Closings of accounts, and what held each of them up."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from nakadachi.people.models import Member

REASON_LENGTH_MAX = 1000


class Closing(models.Model):
    """One member's way out. `asked_at` is when it was reserved; `obstacles_count` as the last look found it at
    `looked_at`, `look_at` is when the next is due.

    `erase_at` is the end of the time to undo. `leaves_remainder`: the member agreed that a balance without a bank
    account may stay behind as `remainder_yen`, to be claimed with a code of the receipt. `reason_text` is erased with
    the rest; the figures about those who left keep the `reason`, and what `profile` wrote down when it closed.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.CLOSING`."""

        RESERVED = "reserved", pgettext_lazy("closing", "Reserved")
        CLOSED = "closed", pgettext_lazy("closing", "Closed, can be undone")
        ERASING = "erasing", pgettext_lazy("closing", "Being erased")
        ERASED = "erased", pgettext_lazy("closing", "Erased")
        UNDONE = "undone", pgettext_lazy("closing", "Undone")

    class Reason(models.TextChoices):
        """Why somebody leaves; may stay empty."""

        NONE = "", pgettext_lazy("reason to leave", "I would rather not say")
        HOURLY_PAY = "hourly_pay", pgettext_lazy("reason to leave", "Too little pay for the time it takes")
        FEES = "fees", pgettext_lazy("reason to leave", "The fees are too high")
        NOT_CHOSEN = "not_chosen", pgettext_lazy("reason to leave", "I was hardly ever chosen")
        NO_FITTING_WORK = "no_fitting_work", pgettext_lazy("reason to leave", "There is no work that suits me")
        TROUBLE = "trouble", pgettext_lazy("reason to leave", "Trouble with another member")
        REVISIONS = "revisions", pgettext_lazy("reason to leave", "Too many requests for changes, or unpaid work")
        NO_TIME = "no_time", pgettext_lazy("reason to leave", "I have no time for it")
        OTHER_SERVICE = "other_service", pgettext_lazy("reason to leave", "I use another service")
        OWN_CLIENTS = "own_clients", pgettext_lazy("reason to leave", "I have enough clients of my own")
        EMPLOYED = "employed", pgettext_lazy("reason to leave", "I found a job, or my employer does not allow it")
        HARD_TO_USE = "hard_to_use", pgettext_lazy("reason to leave", "Hard to use")
        PRIVACY = "privacy", pgettext_lazy("reason to leave", "I worry about my personal data")
        DONE = "done", pgettext_lazy("reason to leave", "What I wanted to have done is done")
        OTHER = "other", pgettext_lazy("reason to leave", "Other")

    class Band(models.TextChoices):
        """How much was earned in all, net of fees."""

        UNKNOWN = "", pgettext_lazy("earned", "Not known yet")
        NOTHING = "nothing", pgettext_lazy("earned", "Nothing")
        BELOW_10K = "below_10k", pgettext_lazy("earned", "Below ¥10,000")
        BELOW_100K = "below_100k", pgettext_lazy("earned", "Below ¥100,000")
        BELOW_1M = "below_1m", pgettext_lazy("earned", "Below ¥1,000,000")
        ABOVE = "above", pgettext_lazy("earned", "¥1,000,000 and more")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="closings")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.RESERVED)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    reason_text = models.CharField(max_length=REASON_LENGTH_MAX, blank=True)
    leaves_remainder = models.BooleanField(default=False)
    remainder_yen = models.BigIntegerField(default=0)
    obstacles_count = models.PositiveIntegerField(default=0)
    tenure_days = models.PositiveIntegerField(null=True)
    earned_band = models.CharField(max_length=12, choices=Band.choices, blank=True)
    formats = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    look_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    erase_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [
            models.Index(fields=["look_at"], condition=Q(status__in=["reserved", "closed"]), name="closing_to_look_at"),
            models.Index(fields=["erase_at"], condition=Q(status="closed"), name="closing_to_erase"),
            models.Index(fields=["member", "-id"], name="closing_by_member"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=~Q(status="undone"), name="closing_once_a_member"),
            models.CheckConstraint(
                condition=Q(status__in=["reserved", "closed", "erasing", "erased", "undone"]),
                name="closing_status_known",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False, erase_at__isnull=False) | Q(status__in=["reserved", "undone"]),
                name="closing_closed_since",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) ^ ~Q(status="erased"), name="closing_erased_since"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) ^ ~Q(status="undone"), name="closing_undone_since"
            ),
            models.CheckConstraint(condition=Q(remainder_yen__gte=0), name="closing_remainder_not_negative"),
        ]

    def __str__(self) -> str:
        return f"closing {self.pk} of {self.member_id}: {self.status}"

    @property
    def is_open(self) -> bool:
        """True while the member can still undo it."""
        return self.status in {self.Status.RESERVED, self.Status.CLOSED}


class Holdup(models.Model):
    """How long obstacles of one code held a closing up: for the operator's figures, without a name."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="holdups")
    code = models.CharField(max_length=32)
    seen_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "code"], condition=Q(cleared_at=None), name="holdup_of_a_code_once"
            ),
        ]
        indexes = [models.Index(fields=["code", "closing"], name="holdup_by_code")]

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.code}"


class ErasedStep(models.Model):
    """One step of the register that is done, so that an erasure that was interrupted goes on where it stood."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="erased_steps")
    name = models.CharField(max_length=80)
    rows = models.PositiveIntegerField()
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["closing", "name"], name="erased_step_once")]

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.name}"


class Kept(models.Model):
    """What of one table stays of somebody who left, on which ground, until which day; then it is purged."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="kept")
    table = models.CharField(max_length=64)
    ground = models.CharField(max_length=16)
    rows = models.PositiveIntegerField()
    until_on = models.DateField()
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["closing", "table", "ground"], name="kept_once")]
        indexes = [models.Index(fields=["until_on"], condition=Q(purged_at=None), name="kept_to_purge")]

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.table} until {self.until_on}"


class Paper(models.Model):
    """What finance may have to show of somebody who left: a legal name, where a payout went.

    The document itself is no field: the serving role cannot select the column. `vault.read` puts on record who
    asks and why, and only with that record a function of the database hands one out.
    """

    class Kind(models.TextChoices):
        """What the document holds."""

        IDENTITY = "identity", pgettext_lazy("closing", "Legal name and invoice number")
        DESTINATION = "destination", pgettext_lazy("closing", "Bank account of a payout")

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    ref = models.BigIntegerField()
    ground = models.CharField(max_length=16)
    until_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["closing", "kind", "ref"], name="closing_paper_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} of closing {self.closing_id}"


class ReceiptKey(models.Model):
    """A public key that has signed receipts; never removed, so that old receipts stay good. Both in hexadecimal."""

    key_id = models.CharField(max_length=16, primary_key=True)
    public_key = models.CharField(max_length=64)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id
