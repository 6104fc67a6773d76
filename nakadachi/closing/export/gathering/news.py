"""What the member was told, and what they did."""

from collections.abc import Iterator
from typing import Any

from nakadachi.closing.export.shapes import INSIDE, Me, Shape, chunks
from nakadachi.infra.events.models import Event
from nakadachi.notifications.models import Notice

NOTICE = Shape(
    Notice,
    ("id", "kind", "group", "words", "page", "page_ids", "at", "on_site", "by_mail", "read_at", "mailed_at"),
    without={"member": "the member", "key": INSIDE},
)
DEED = Shape(
    Event,
    ("kind", "at", "subject_type", "subject_id"),
    without={
        "id": INSIDE,
        "actor_kind": "the member",
        "actor_id": "the member",
        "data": "what changed stands with the thing itself; beside it there may be words of others",
        "created_at": "the same moment by the clock of the database",
    },
)


def notices(me: Me) -> Iterator[dict[str, Any]]:
    """The words are made from the kind and these figures."""
    for some in chunks(Notice.objects.filter(member=me.id).order_by("pk")):
        yield from (NOTICE.row(one, me) for one in some)


def deeds(me: Me) -> Iterator[dict[str, Any]]:
    """Everything the member did here, as the audit log has it."""
    for some in chunks(Event.objects.filter(actor_kind="member", actor_id=me.id).order_by("pk")):
        yield from (DEED.row(one, me) for one in some)
