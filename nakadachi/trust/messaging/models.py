"""Threads, the two seats at each, and what was written."""

import uuid

from django.db import models
from django.db.models import F, Q

from nakadachi.market.jobs.models import Job
from nakadachi.people.models import Member

TEXT_LENGTH_MAX = 4000


class Thread(models.Model):
    """What a client and one worker talk about one posting: question, proposal, offer and contract in one stream."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="threads")
    client = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    taken_back_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "worker"], name="thread_once"),
            models.CheckConstraint(condition=~Q(client=F("worker")), name="thread_has_two_sides"),
        ]
        indexes = [models.Index(fields=["opened_by", "opened_at"], name="thread_by_opener")]

    def __str__(self) -> str:
        return f"thread {self.pk}"

    def other_side(self, member_id: int) -> Member:
        """The one of the two who is not that member."""
        return self.worker if member_id == self.client_id else self.client


class Message(models.Model):
    """One thing that was written, with its files (`infra.files`). Never changed; the text of what was taken back is
    kept for the operator's people and shown to nobody else."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    files_count = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | Q(files_count__gt=0), name="message_says_something")
        ]
        indexes = [
            models.Index(fields=["thread", "id"], name="message_by_thread"),
            models.Index(fields=["author", "at"], name="message_by_author"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def is_taken_back(self) -> bool:
        """True once its author took it back."""
        return self.taken_back_at is not None


class Seat(models.Model):
    """One side of a thread: how far it has read, and whether it still has to be told by mail.

    `read_id` is the last message that this side has seen; `unread_count` are the other side's after it; at `tell_at`
    the side is told, unless it has read everything by then.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="seats")
    newest = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    read_id = models.BigIntegerField(default=0)
    unread_count = models.PositiveIntegerField(default=0)
    tell_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="seat_once")]
        indexes = [
            models.Index(fields=["member", "-newest"], name="seat_by_member"),
            models.Index(
                fields=["member"], include=["unread_count"], condition=Q(unread_count__gt=0), name="seat_unread"
            ),
            models.Index(fields=["tell_at"], condition=Q(tell_at__isnull=False), name="seat_to_tell"),
        ]

    def __str__(self) -> str:
        return f"seat of {self.member_id} at {self.thread_id}"
