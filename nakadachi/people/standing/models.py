"""A member's standing, and who does not want to deal with whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nakadachi.people.models import Member

REASON_LENGTH_MAX = 1000
NOTE_LENGTH_MAX = 4000


class Standing(models.Model):
    """One row per member that ever needed one; `queries.standing_of` answers for everybody.

    `suspended_at`: begins nothing new, running work goes on, money is never taken. `leaving_at`: closing is reserved.
    `payouts_held_until`: no payout leaves before, since the address or the bank account has just changed.
    `certified_at`: certified by the operator since then; work may ask for it.
    """

    class Check(models.TextChoices):
        """Where a verification stands."""

        NONE = "none", _("Not confirmed")
        ASKED = "asked", _("Being checked")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Could not be confirmed")

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.CharField(max_length=REASON_LENGTH_MAX, blank=True)
    leaving_at = models.DateTimeField(null=True)
    payouts_held_until = models.DateTimeField(null=True)
    identity = models.CharField(max_length=9, choices=Check.choices, default=Check.NONE)
    identity_at = models.DateTimeField(null=True)
    phone = models.CharField(max_length=9, choices=Check.choices, default=Check.NONE)
    phone_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["certified_at"], condition=Q(certified_at__isnull=False), name="standing_certified")
        ]

    def __str__(self) -> str:
        return f"standing of {self.member_id}"


class Block(models.Model):
    """`member` does not want to deal with `blocked`. Neither side is told; each simply cannot begin anything new."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="blocks")
    blocked = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(member=F("blocked")), name="block_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} blocks {self.blocked_id}"


class Note(models.Model):
    """What one of the operator's people wants the others to know about a member. Never shown to members, never
    changed."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="notes_about")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=NOTE_LENGTH_MAX)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="note_by_member")]

    def __str__(self) -> str:
        return f"note {self.pk} on {self.member_id}"
