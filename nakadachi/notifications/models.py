"""Notices and what members decided about them."""

from django.db import models
from django.db.models import Q

from nakadachi.notifications.groups import Group
from nakadachi.people.models import Member


class Notice(models.Model):
    """One thing told to one member. The words are made from `kind` and `words` in the language of the reader.

    `key` is the same for all who are told of one event, and makes telling twice the same as once. No foreign key to
    what it is about: a notice survives it, and its link then leads to the page that says so.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    key = models.UUIDField()
    kind = models.CharField(max_length=64)
    group = models.CharField(max_length=12, choices=Group.choices)
    words = models.JSONField(default=dict)
    page = models.CharField(max_length=64)
    page_ids = models.JSONField(default=dict)
    at = models.DateTimeField()
    on_site = models.BooleanField()
    by_mail = models.BooleanField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "member"], name="notice_once"),
            models.CheckConstraint(condition=Q(on_site=True) | Q(by_mail=True), name="notice_somewhere"),
        ]
        indexes = [
            models.Index(fields=["member", "-at", "-id"], condition=Q(on_site=True), name="notice_by_member"),
            models.Index(fields=["member"], condition=Q(on_site=True, read_at=None), name="notice_unread"),
            models.Index(fields=["key", "id"], condition=Q(by_mail=True, mailed_at=None), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.member_id}"


class Preference(models.Model):
    """What a member wants of one group; a group without a row is as `groups.CHANNELS` says."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notice_preferences")
    group = models.CharField(max_length=12, choices=Group.choices)
    site = models.BooleanField()
    mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "group"], name="notice_preference_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.group}"
