"""The role of an operator."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from nakadachi.people.models import Member


class StaffRole(models.Model):
    """One row per operator."""

    class Role(models.TextChoices):
        """See `areas.OPENS`."""

        SUPPORT = "support", pgettext_lazy("console", "Support")
        FINANCE = "finance", pgettext_lazy("console", "Finance")
        ADMIN = "admin", pgettext_lazy("console", "Administrator")

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="staff_role")
    role = models.CharField(max_length=7, choices=Role.choices)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["support", "finance", "admin"]), name="staff_role_known")
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.role}"
