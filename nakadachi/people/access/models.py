"""One row per session, with whose it is, so that it can be listed and ended."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from nakadachi.people.models import Member


class Session(AbstractBaseSession):
    """Django's session row. The columns below are copies of what the session itself says (`store.PRESENCE`).

    `token` names the session on pages: its key never leaves the cookie. When the key is renewed,
    two rows have one token for a moment. Sessions of visitors have no member.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="sessions")
    token = models.UUIDField(null=True, db_index=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "-seen_at"], name="session_of_member")]

    def __str__(self) -> str:
        return f"session of {self.member_id}"
