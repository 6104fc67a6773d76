"""What the two sides agreed about the months, beside the contract itself."""

from django.db import models
from django.db.models import Q

from nakadachi.market.contracts.models import Contract
from nakadachi.market.jobs.models import MONTH_SCOPE_LENGTH_MAX
from nakadachi.market.monthly.lifecycle import PLAN
from nakadachi.people.models import Member

NOTICE_DAYS_MAX = 90


class MonthlyPlan(models.Model):
    """From when, on which day a month begins, what a month's sum is for, and notice.

    `next_from` is the first day of the month that is written down next, `next_at` when; both are empty once none is.
    `ends_on` is the last day of all.
    """

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="monthly_plan")
    month_scope = models.CharField(max_length=MONTH_SCOPE_LENGTH_MAX)
    starts_on = models.DateField()
    anchor_day = models.PositiveSmallIntegerField()
    notice_days = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, default=PLAN.initial, choices=[(s, s) for s in PLAN.states])
    next_from = models.DateField(null=True)
    next_at = models.DateTimeField(null=True)
    notice_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    notice_at = models.DateTimeField(null=True)
    notice_reason = models.TextField(blank=True)
    ends_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="monthly_plan_next")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(PLAN.states)), name="monthly_plan_status_known"),
            models.CheckConstraint(condition=Q(anchor_day__gte=1, anchor_day__lte=31), name="monthly_plan_anchor"),
            models.CheckConstraint(
                condition=Q(notice_days__gte=1, notice_days__lte=NOTICE_DAYS_MAX), name="monthly_plan_notice_days"
            ),
            models.CheckConstraint(condition=~Q(month_scope=""), name="monthly_plan_has_scope"),
            models.CheckConstraint(
                condition=Q(status__in=["running", "leaving"], next_from__isnull=False, next_at__isnull=False)
                | (~Q(status__in=["running", "leaving"]) & Q(next_from__isnull=True, next_at__isnull=True)),
                name="monthly_plan_goes_on",
            ),
            models.CheckConstraint(
                condition=~Q(status="leaving") | Q(ends_on__isnull=False), name="monthly_plan_leaves_on"
            ),
            models.CheckConstraint(
                condition=Q(notice_at__isnull=True, notice_by__isnull=True, notice_reason="")
                | (Q(notice_at__isnull=False, notice_by__isnull=False) & ~Q(notice_reason="")),
                name="monthly_plan_notice_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.month_scope}"

    @property
    def goes_on(self) -> bool:
        """True while further months follow."""
        return self.status in {"running", "leaving"}
