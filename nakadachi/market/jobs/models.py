"""The job row and the published texts it replaced. Its limits are checked by the database too."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nakadachi.infra.erased import ErasableCharField
from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.market.jobs.categories import CATEGORIES
from nakadachi.people.models import Member

TITLE_LENGTH_MAX = 100
CLOSE_REASON_LENGTH_MAX = 200
MONTH_SCOPE_LENGTH_MAX = 200
HOURS_PER_WEEK_MAX = 60
HIRES_MAX = 25
"""One posting hires at most this many workers."""


LASTING = frozenset({"hourly", "monthly"})
"""The formats that go on until they are ended."""


class Job(models.Model):
    """One posting. Every way of working together begins with one.

    `delivery_on` is a project's, `starts_on` that of hourly and monthly work, which has no end yet.
    """

    class Status(models.TextChoices):
        """As in `lifecycle.JOB`."""

        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open for proposals")
        CLOSED = "closed", _("Closed to proposals")
        DROPPED = "dropped", _("Thrown away")

    class Format(models.TextChoices):
        """How the work is paid. Budgets and prices are for one unit of it: the whole, one answer, an hour, a month."""

        PROJECT = "project", _("Project")
        TASK = "task", _("Task")
        HOURLY = "hourly", _("Hourly")
        MONTHLY = "monthly", _("Monthly")

    client = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="jobs")
    format = models.CharField(max_length=12, choices=Format.choices, default=Format.PROJECT)
    category = models.CharField(max_length=20, choices=list(CATEGORIES.items()))
    title = ErasableCharField(max_length=TITLE_LENGTH_MAX)
    description = models.TextField()
    requirements = models.TextField(blank=True)
    budget_min_yen = models.BigIntegerField()
    budget_max_yen = models.BigIntegerField()
    closes_on = models.DateField()
    delivery_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    hours_per_week = models.PositiveSmallIntegerField(null=True)
    month_scope = models.CharField(max_length=MONTH_SCOPE_LENGTH_MAX, blank=True)
    hires_max = models.PositiveSmallIntegerField(default=1)
    no_experience_ok = models.BooleanField(default=False)
    beginner_welcome = models.BooleanField(default=False)
    continuing = models.BooleanField(default=False)
    char_rate_sen = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=CLOSE_REASON_LENGTH_MAX, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [
            models.Index(fields=["status", "-opened_at", "-id"], name="job_by_opening"),
            models.Index(fields=["closes_on"], condition=Q(status="open"), name="job_open_by_closing"),
            models.Index(fields=["client", "-id"], name="job_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "open", "closed", "dropped"]), name="job_status_known"
            ),
            models.CheckConstraint(
                condition=Q(budget_min_yen__gt=0)
                & Q(budget_max_yen__gte=F("budget_min_yen"))
                & Q(budget_max_yen__lt=AMOUNT_YEN_MAX),
                name="job_budget_is_a_range",
            ),
            models.CheckConstraint(condition=Q(hires_max__gte=1) & Q(hires_max__lte=HIRES_MAX), name="job_hires_some"),
            models.CheckConstraint(condition=~Q(title=""), name="job_has_title"),
            models.CheckConstraint(
                condition=Q(format__in=["project", "task", "hourly", "monthly"]), name="job_format_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    format="hourly", hours_per_week__isnull=False, hours_per_week__gte=1, hours_per_week__lte=60
                )
                | (~Q(format="hourly") & Q(hours_per_week__isnull=True)),
                name="job_hours_of_hourly",
            ),
            models.CheckConstraint(
                condition=(Q(format="monthly") & ~Q(month_scope="")) | (~Q(format="monthly") & Q(month_scope="")),
                name="job_scope_of_monthly",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) ^ Q(status__in=["open", "closed"]), name="job_open_since"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) ^ Q(status__in=["closed", "dropped"]), name="job_closed_since"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """True while workers may propose (its closing date is the sweeper's business and the policy's)."""
        return self.status == self.Status.OPEN

    @property
    def is_draft(self) -> bool:
        """True until it is published."""
        return self.status == self.Status.DRAFT

    @property
    def by_proposal(self) -> bool:
        """True when workers propose and the client chooses; a task is done by whoever comes first."""
        return self.format != self.Format.TASK

    @property
    def is_lasting(self) -> bool:
        """True for work without a day of delivery: it begins on a day, and goes on until it is ended."""
        return self.format in LASTING

    @property
    def stands_since(self) -> datetime | None:
        """Since when the text has been published as it is now."""
        return self.edited_at or self.opened_at


class JobVersion(models.Model):
    """A published text that another has replaced; the one that stands is the job itself. Never changed."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    contents = models.JSONField()
    published_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="job_version_once")]

    def __str__(self) -> str:
        return f"{self.job} v{self.number}"
