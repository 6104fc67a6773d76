"""Tasks, their places, the claims on them, and values that may be answered only once."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.infra.erased import ErasableTextField
from nakadachi.kernel.money import AMOUNT_YEN_MAX, Yen
from nakadachi.market.jobs.models import Job
from nakadachi.market.tasks.fields import Field
from nakadachi.market.tasks.lifecycle import LIVE
from nakadachi.money.escrow.models import Hold
from nakadachi.money.rulebook import TaskRules
from nakadachi.people.models import Member

SLOTS_MAX = 10_000
REPEATS_MAX = 100
MINUTES_MAX = 480
REASON_LENGTH_MAX = 1_000


class Task(models.Model):
    """What a posting of the format `task` has besides its text; the number is the posting's.

    `opens_at`: none means as soon as the money is there. `terms` are the rules it was funded under.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.TASK`."""

        DRAFT = "draft", _("Draft")
        FUNDED = "funded", _("Waiting to open")
        OPEN = "open", pgettext_lazy("task", "Open")
        CLOSED = "closed", _("Closed, answers being checked")
        DONE = "done", pgettext_lazy("task", "Finished")
        DROPPED = "dropped", _("Thrown away")

    job = models.OneToOneField(Job, on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="task")
    client = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="tasks")
    fields = models.JSONField(default=list)
    price_yen = models.BigIntegerField()
    slots_count = models.PositiveIntegerField()
    repeats_max = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField()
    verified_only = models.BooleanField(default=False)
    certified_only = models.BooleanField(default=False)
    approval_bps_min = models.PositiveSmallIntegerField(null=True)
    is_instant = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField()
    terms = models.JSONField(default=dict)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="task")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    funded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["client", "status", "-job"], name="task_by_client"),
            models.Index(fields=["opens_at"], condition=Q(status="funded"), name="task_waiting_to_open"),
            models.Index(fields=["closes_at"], condition=Q(status="open"), name="task_open_by_closing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "funded", "open", "closed", "done", "dropped"]),
                name="task_status_known",
            ),
            models.CheckConstraint(
                condition=Q(price_yen__gt=0, slots_count__gt=0, slots_count__lte=SLOTS_MAX, repeats_max__gt=0)
                & Q(price_yen__lt=AMOUNT_YEN_MAX / F("slots_count")),
                name="task_figures_possible",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "dropped"]) | Q(hold__isnull=False, funded_at__isnull=False),
                name="task_open_needs_hold",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(opens_at__lt=F("closes_at")), name="task_opens_before_closing"
            ),
        ]

    def __str__(self) -> str:
        return self.job.title

    @property
    def form(self) -> tuple[Field, ...]:
        """The questions in their order."""
        return tuple(Field.of_json(field) for field in self.fields)

    @cached_property
    def rules(self) -> TaskRules:
        """The rules it was funded under."""
        return TaskRules(**self.terms)

    @property
    def sum_yen(self) -> Yen:
        """What all answers together are worth, without the client's fee."""
        return self.price_yen * self.slots_count

    @property
    def is_public(self) -> bool:
        """True once it has been open: what was published stays readable."""
        return self.opened_at is not None

    @property
    def is_frozen(self) -> bool:
        """True while the card company decides on a dispute about its payment (load the hold with it)."""
        return self.hold is not None and self.hold.status == "frozen"


class Slot(models.Model):
    """One free place of a task: whoever takes it deletes the row, whoever gives it back writes it again.

    A place that a claim holds, or that was free when the task closed, has no row.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="slots", db_index=False)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.task_id} #{self.number}"


_ANSWERED = (
    Q(status__in=["approved", "refused"])
    | Q(status="submitted", auto_approve_at__isnull=False)
    | (Q(status="rejected", appeal_by__isnull=False) & ~Q(reason=""))
    | (Q(status="appealed", decide_by__isnull=False) & ~Q(appeal_text=""))
)
_WHOLE = Q(status__in=["reserved", "lapsed"], submitted_at__isnull=True) | (Q(submitted_at__isnull=False) & _ANSWERED)
"""What a claim has in each status. One constraint: the database reads its text anew for every statement that writes."""


class Claim(models.Model):
    """One worker's hold on a place in one round, and the answer given in it.

    The task has no foreign key in the database: every claim would lock that one row. Claims are written by one function
    that reads the task (`sql/take.sql`), tasks are never deleted, and the audit looks for claims without one.
    `slot_number` is the place it holds or held. `answers` is by the key of the question; of files their ids.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.CLAIM`."""

        RESERVED = "reserved", _("Being worked on")
        LAPSED = "lapsed", _("Given back")
        SUBMITTED = "submitted", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Not approved")
        APPEALED = "appealed", _("Objection being examined")
        REFUSED = "refused", _("Not approved, final")

    class Reason(models.TextChoices):
        """Why an answer is not approved."""

        INCOMPLETE = "incomplete", _("Parts of the answer are missing")
        INSTRUCTIONS = "instructions", _("The instructions were not followed")
        WRONG = "wrong", _("The answer is wrong, or the page cannot be opened")
        COPIED = "copied", _("Copied from elsewhere, or the same as another answer")
        NONSENSE = "nonsense", _("Meaningless text, or clearly by a machine")
        OTHER = "other", _("Something else")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="claims", db_constraint=False, db_index=False)
    slot_number = models.PositiveIntegerField()
    worker = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="task_claims", db_index=False)
    round = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.RESERVED)
    answers = models.JSONField(default=dict)
    reserved_at = models.DateTimeField()
    reserved_until = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    auto_approve_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    reason_text = models.TextField(blank=True)
    appeal_by = models.DateTimeField(null=True)
    appeal_text = ErasableTextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    decide_by = models.DateTimeField(null=True)
    decision_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "worker", "round"], name="claim_round_once"),
            models.UniqueConstraint(
                fields=["task", "slot_number"], condition=Q(status__in=LIVE), name="claim_slot_once"
            ),
            models.UniqueConstraint(
                fields=["task", "worker"], condition=Q(status="reserved"), name="claim_reserved_once"
            ),
            models.CheckConstraint(condition=_WHOLE, name="claim_whole"),
        ]
        indexes = [
            models.Index(fields=["task", "status", "id"], name="claim_by_task"),
            models.Index(fields=["worker", "-id"], name="claim_by_worker"),
            models.Index(fields=["reserved_until"], condition=Q(status="reserved"), name="claim_running_out"),
            models.Index(fields=["auto_approve_at"], condition=Q(status="submitted"), name="claim_silent"),
            models.Index(fields=["appeal_by"], condition=Q(status="rejected"), name="claim_to_object"),
            models.Index(fields=["decide_by"], condition=Q(status="appealed"), name="claim_to_decide"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}/{self.pk} ({self.status})"

    @property
    def is_readable_by_client(self) -> bool:
        """What is not paid for is not the client's to read; while it waits, it is to be judged."""
        return self.status in {self.Status.SUBMITTED, self.Status.APPROVED}


class SeenValue(models.Model):
    """A normalised value that was answered to a question which asks for something new each time."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="seen_values")
    key = models.CharField(max_length=8)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "key", "digest"], name="seen_value_once")]

    def __str__(self) -> str:
        return f"{self.task_id}/{self.key}"
