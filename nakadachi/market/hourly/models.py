"""What was agreed on hourly work, its weeks, the recorded times, and what stood there before a change."""

import uuid
from datetime import date, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from nakadachi.kernel.calendar import start_of_day
from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import weeks
from nakadachi.market.hourly.minutes import WEEK_MINUTES, RateFrom, count
from nakadachi.money.escrow.models import Hold
from nakadachi.people.models import Member

MEMO_LENGTH_MAX = 200
REASON_LENGTH_MAX = 500


class Engagement(models.Model):
    """The hours of a contract. Its rates are `RateStep`s; the first is the contract's own price.

    `holds_money`: each week is set aside before it begins. Without, the client pays after approving; nothing is held.
    `next_week_at`: when the row of the next week is made; none when no week follows. `stops_at`: no work after it.
    """

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="engagement")
    weekly_minutes = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    holds_money = models.BooleanField(default=True)
    next_week_at = models.DateTimeField(null=True)
    stops_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_week_at"], condition=Q(next_week_at__isnull=False), name="hourly_next")]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_minutes__gt=0, weekly_minutes__lte=WEEK_MINUTES), name="hourly_minutes_in_week"
            ),
            models.CheckConstraint(
                condition=Q(stops_at__isnull=True) | Q(next_week_at__isnull=True), name="hourly_stopped_has_no_next"
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.contract_id}"

    @property
    def goes_on(self) -> bool:
        """True while further weeks follow."""
        return self.next_week_at is not None

    @cached_property
    def rates(self) -> list[RateFrom]:
        """Every rate with the day from which it holds."""
        return [RateFrom(step.from_on, step.rate_yen) for step in self.rate_steps.all()]


class RateStep(models.Model):
    """From that day on an hour costs that much."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="rate_steps")
    from_on = models.DateField()
    rate_yen = models.BigIntegerField()
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "from_on"], name="rate_from_day_once"),
            models.CheckConstraint(condition=Q(rate_yen__gt=0, rate_yen__lt=AMOUNT_YEN_MAX), name="rate_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.rate_yen} from {self.from_on}"


class WorkWeek(models.Model):
    """One week of a contract, Monday to Sunday. Funded exactly when its hold is.

    `minutes_max` can be recorded in it. `act_by` is when the status ends by itself: the week is reported, approved or
    given up. `fund_by`: it begins only if paid in by then.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.WORK_WEEK`."""

        OPEN = "open", _("Being recorded")
        REPORTED = "reported", _("Waiting for approval")
        RETURNED = "returned", _("Sent back in part")
        ANSWERED = "answered", _("Waiting for the last approval")
        APPROVED = "approved", _("Approved")
        SKIPPED = "skipped", _("Not begun")
        SETTLED = "settled", _("Closed with the contract")

    TO_INSPECT = (Status.REPORTED, Status.ANSWERED)
    """The client looks at it, and silence approves it."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="weeks")
    monday = models.DateField()
    minutes_max = models.PositiveSmallIntegerField()
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="work_week")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    fund_by = models.DateTimeField(null=True)
    act_by = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    approved_minutes = models.PositiveSmallIntegerField(default=0)
    approved_yen = models.BigIntegerField(default=0)
    pay_by = models.DateTimeField(null=True)
    unpaid_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["engagement_id", "monday"]
        indexes = [
            models.Index(fields=["act_by"], condition=Q(act_by__isnull=False), name="week_due"),
            models.Index(fields=["fund_by"], condition=Q(fund_by__isnull=False), name="week_unfunded"),
            models.Index(fields=["pay_by"], condition=Q(pay_by__isnull=False), name="week_unpaid"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "monday"], name="week_once"),
            models.CheckConstraint(condition=Q(monday__iso_week_day=1), name="week_begins_on_monday"),
            models.CheckConstraint(
                condition=Q(minutes_max__gt=0, minutes_max__lte=WEEK_MINUTES), name="week_minutes_possible"
            ),
            models.CheckConstraint(
                condition=Q(approved_minutes__lte=F("minutes_max"), approved_yen__gte=0), name="week_approved_within"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "reported", "returned", "answered"], act_by__isnull=False)
                | Q(status__in=["approved", "skipped", "settled"], act_by__isnull=True, closed_at__isnull=False),
                name="week_waits_until",
            ),
        ]

    def __str__(self) -> str:
        return f"week of {self.monday}"

    @property
    def starts_at(self) -> datetime:
        """The first moment that can be recorded in it: Monday, or the first day of the contract."""
        return start_of_day(max(self.monday, self.engagement.starts_on))

    @property
    def ends_at(self) -> datetime:
        """Sunday 24:00, or when the contract's work stopped."""
        end = weeks.ends_at(self.monday)
        return min(end, self.engagement.stops_at) if self.engagement.stops_at else end

    @property
    def sunday(self) -> date:
        """Its last day."""
        return weeks.days_of(self.monday)[-1]

    @property
    def is_pending(self) -> bool:
        """True until everything in it is decided."""
        return self.act_by is not None

    @property
    def is_funded(self) -> bool:
        """True while its money is held (reads the hold: load it with the week)."""
        return self.hold is not None and self.hold.status == "funded"

    @property
    def is_frozen(self) -> bool:
        """True while its money stands still: the card company decides on a dispute, or a mediation is on."""
        return self.hold is not None and self.hold.status == "frozen"

    @property
    def is_claimed(self) -> bool:
        """True while a mediation about its money is on."""
        return self.hold is not None and self.hold.is_claimed

    @property
    def is_owed(self) -> bool:
        """Decided, to be paid by the client, and not paid yet: only where nothing is held. Reads the hold."""
        is_paid = self.hold is not None and self.hold.status != "unfunded"
        is_decided = self.status in {self.Status.APPROVED, self.Status.SETTLED}
        return not self.engagement.holds_money and is_decided and self.approved_yen > 0 and not is_paid


class TimeEntry(models.Model):
    """A span of work within one day. While `ended_at` is open, the timer runs; it stops at `stop_at` by itself."""

    class Source(models.TextChoices):
        """How it came here."""

        TIMER = "timer", _("By timer")
        MANUAL = "manual", _("Entered by hand")

    class Cut(models.TextChoices):
        """Why the timer was stopped by rule."""

        FORGOTTEN = "forgotten", _("Stopped by itself after the longest time without a sign")
        LIMIT = "limit", _("Stopped by itself at the week's limit")
        WEEK = "week", _("Cut at the end of the week")
        ENDED = "ended", _("Stopped with the contract")

    class Decision(models.TextChoices):
        """What became of the line."""

        NONE = "", _("Not decided yet")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")
        DROPPED = "dropped", _("Taken out")

    week = models.ForeignKey(WorkWeek, on_delete=models.PROTECT, related_name="entries")
    worker = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="time_entries")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    memo = models.CharField(max_length=MEMO_LENGTH_MAX, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.TIMER)
    cut = models.CharField(max_length=9, choices=Cut.choices, blank=True)
    is_edited = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    stop_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    return_reason = models.CharField(max_length=REASON_LENGTH_MAX, blank=True)
    answer = models.CharField(max_length=REASON_LENGTH_MAX, blank=True)
    request_key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name_plural = "time entries"
        ordering = ["started_at", "pk"]
        indexes = [
            models.Index(fields=["week", "started_at"], name="entry_of_week"),
            models.Index(fields=["stop_at"], condition=Q(stop_at__isnull=False), name="entry_running"),
            models.Index(fields=["request_key"], name="entry_by_form"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="entry_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_at__isnull=True, stop_at__isnull=False, seen_at__isnull=False, deleted_at__isnull=True
                )
                | Q(ended_at__isnull=False, stop_at__isnull=True),
                name="entry_running_has_end",
            ),
            models.UniqueConstraint(fields=["worker"], condition=Q(ended_at__isnull=True), name="timer_runs_once"),
            ExclusionConstraint(
                name="entry_never_overlaps",
                expressions=[
                    (
                        Func(F("worker_id"), F("worker_id"), models.Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("started_at"), F("ended_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(return_reason=""), name="entry_returned_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at} – {self.ended_at}"

    @property
    def is_running(self) -> bool:
        """True while the timer runs."""
        return self.ended_at is None

    @property
    def counts(self) -> bool:
        """False for lines that were deleted or taken out."""
        return self.deleted_at is None and self.decision != self.Decision.DROPPED

    def minutes_at(self, at: datetime) -> int:
        """What it counts; while the timer runs, by that moment."""
        return count(self.started_at, self.ended_at or max(self.started_at, at))


class EntryTrace(models.Model):
    """What stood in a recorded time before a change. Rows are added and never changed; both sides can read them."""

    class Kind(models.TextChoices):
        """What was done to it."""

        EDITED = "edited", _("Changed")
        DELETED = "deleted", _("Deleted")
        CORRECTED = "corrected", _("Corrected after it was sent back")

    entry = models.ForeignKey(TimeEntry, on_delete=models.PROTECT, related_name="traces")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    memo = models.CharField(max_length=MEMO_LENGTH_MAX, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
