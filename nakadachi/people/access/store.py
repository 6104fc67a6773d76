"""The session engine: Django's, in our table. A deleted row is a dead session, at the next request."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models.functions import Now

from nakadachi.infra.prepared import Param, Prepared
from nakadachi.people.access.models import Session
from nakadachi.people.models import Member

PRESENCE = "presence"
"""Where a session keeps its token, device, address and times."""

WRITTEN = ("session_data", "expire_date", "member_id", "token", "device", "address", "started_at", "seen_at")

_LIVING = Prepared(
    lambda: Session.objects.select_related("member__standing").filter(session_key=Param("key"), expire_date__gt=Now())
)


class SessionStore(DatabaseStore):
    """Writes beside the session's data whose it is and where it was seen."""

    member: Member | None = None
    """Who the row says it belongs to, with their standing: read with the session, in one query."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row of the key, while it is not over."""
        row = _LIVING.first(key=self.session_key)
        if row is None:
            self._session_key = None
            return None
        self.member = row.member
        return row

    def save(self, must_create: bool = False) -> None:
        """A known session is written by one statement, which needs no transaction around it."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())
        written = {name: getattr(row, name) for name in WRITTEN}
        if not Session.objects.filter(pk=row.pk).update(**written):
            raise UpdateError

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this data."""
        row = cast(Session, super().create_model_instance(data))
        row.member_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        presence = data.get(PRESENCE, {}) if row.member_id else {}
        row.token = presence.get("token")
        row.device, row.address = presence.get("device", ""), presence.get("address", "")
        row.started_at, row.seen_at = (_moment(presence.get(name)) for name in ("started_at", "seen_at"))
        return row


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
