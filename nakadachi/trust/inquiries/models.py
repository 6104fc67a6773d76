"""Inquiries and what was written in them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.infra.erased import ErasableCharField
from nakadachi.people.models import Member

TEXT_LENGTH_MAX = 4000
NAME_LENGTH_MAX = 60
EXCERPT_LENGTH_MAX = 60


class Inquiry(models.Model):
    """One question with everything that follows. Either `member` asked, or `name` and `email`."""

    class Category(models.TextChoices):
        """What it is about."""

        ACCOUNT = "account", _("Account and login")
        WORK = "work", _("Jobs, proposals and contracts")
        MONEY = "money", _("Payments, rewards and payouts")
        TROUBLE = "trouble", _("Trouble with another member")
        SUSPENSION = "suspension", _("Objection to a suspension")
        PRIVACY = "privacy", _("Personal data")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        """See `lifecycle.INQUIRY`."""

        UNCONFIRMED = "unconfirmed", pgettext_lazy("inquiry", "Address not confirmed")
        OPEN = "open", pgettext_lazy("inquiry", "Waiting for the operator")
        ANSWERED = "answered", pgettext_lazy("inquiry", "Answered")
        CLOSED = "closed", pgettext_lazy("inquiry", "Closed")

    class About(models.TextChoices):
        """What kind of thing `about_id` is."""

        NOTHING = "", ""
        CONTRACT = "contract", pgettext_lazy("inquiry", "Contract")
        JOB = "job", pgettext_lazy("inquiry", "Job")
        PAYMENT = "payment", pgettext_lazy("inquiry", "Payment")
        PAYOUT = "payout", pgettext_lazy("inquiry", "Payout")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="inquiries")
    name = ErasableCharField(max_length=NAME_LENGTH_MAX, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default="ja")
    category = models.CharField(max_length=10, choices=Category.choices)
    excerpt = models.CharField(max_length=EXCERPT_LENGTH_MAX)
    about_kind = models.CharField(max_length=8, choices=About.choices, blank=True, default=About.NOTHING)
    about_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.OPEN)
    assignee = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, email="") | (Q(member=None) & ~Q(email="")),
                name="inquiry_from_somebody",
            ),
            models.CheckConstraint(
                condition=Q(about_kind="", about_id=None) | (~Q(about_kind="") & Q(about_id__isnull=False)),
                name="inquiry_about_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["unconfirmed", "open", "answered", "closed"]), name="inquiry_status_known"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "waiting_since", "id"], name="inquiry_by_status"),
            models.Index(fields=["member", "-id"], name="inquiry_by_member"),
            models.Index(fields=["email", "asked_at"], name="inquiry_by_email"),
        ]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"

    @property
    def asker(self) -> str:
        """The name of who asked."""
        return self.member.display_name if self.member is not None else self.name

    @property
    def is_over(self) -> bool:
        """True once it is settled."""
        return self.status == self.Status.CLOSED


class Message(models.Model):
    """One thing that was written: a question, an answer, or a note that only the operator's people see."""

    class Kind(models.TextChoices):
        """Who wrote it, for whom."""

        QUESTION = "question", pgettext_lazy("inquiry", "Question")
        ANSWER = "answer", pgettext_lazy("inquiry", "Answer")
        NOTE = "note", pgettext_lazy("inquiry", "Internal note")

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        indexes = [models.Index(fields=["inquiry", "id"], name="message_by_inquiry")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["question", "answer", "note"]), name="message_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
