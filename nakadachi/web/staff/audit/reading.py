"""Events as rows of a table: who, what, before and after, and the page of what it happened to."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from nakadachi.infra.events.models import Event
from nakadachi.people.models import Member
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.web.staff.audit import words
from nakadachi.web.ui import figures

PAGES = {
    "people.member": ("staff:members:detail", "members"),
    "payouts.closingrun": ("staff:payouts:detail", "payouts"),
    "inquiries.inquiry": ("staff:inquiries:detail", "inquiries"),
    "mediation.case": ("staff:mediation:detail", "mediation"),
    "jobs.job": ("jobs:detail", ""),
}
TEXT_SHOWN_MAX = 300
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One event."""

    id: int
    at: datetime
    kind: str
    deed: str
    subject: str
    subject_id: int
    href: str
    actor: str
    actor_href: str
    changes: list[Change]
    facts: list[tuple[str, str]]
    reason: str


def lines_of(events: Iterable[Event]) -> list[Line]:
    """The events of a page, with the names of those who acted."""
    found = list(events)
    ids = {event.actor_id for event in found if event.actor_id is not None}
    names = dict(Member.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    asked = [event.subject_id for event in found if event.subject_type == "inquiries.inquiry"]
    unread = set(Inquiry.objects.filter(pk__in=asked, status=Inquiry.Status.UNCONFIRMED).values_list("pk", flat=True))
    return [_line(event, names, unread) for event in found]


def _line(event: Event, names: dict[int, str], unread: set[int]) -> Line:
    data = dict(event.data)
    changes = _changes(data)
    reason = words.reason_words(str(data.pop("reason", "")))
    is_unread = event.subject_type == "inquiries.inquiry" and event.subject_id in unread  # has no page yet
    page = None if is_unread else PAGES.get(event.subject_type)
    role = words.actor_words(event.actor_kind)
    name = names.get(event.actor_id or 0, "")
    return Line(
        id=event.pk,
        at=event.at,
        kind=event.kind,
        deed=words.deed_words(event.kind),
        subject=words.subject_words(event.subject_type),
        subject_id=event.subject_id,
        href=reverse(page[0], args=[event.subject_id]) if page else "",
        actor=f"{name} ({role})" if name else role,
        actor_href=reverse("staff:members:detail", args=[event.actor_id]) if name else "",
        changes=changes,
        facts=[(name, shown(value)) for name, value in data.items()],
        reason=reason,
    )


def _changes(data: dict[str, Any]) -> list[Change]:
    """`changes` of the event, and `before`/`after` of a move; taken out of `data`."""
    found = []
    if "before" in data and "after" in data:
        found.append(Change("status", shown(data.pop("before")), shown(data.pop("after"))))
    changes = data.pop("changes", {})
    pairs = changes.items() if isinstance(changes, dict) else []
    return found + [Change(field, shown(pair[0]), shown(pair[1])) for field, pair in pairs]


def shown(value: Any) -> str:
    """A value of the data as text: moments on a Japanese clock, long texts end in …"""
    if value is None or value == "":
        return "–"
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return figures.day_and_time(datetime.fromisoformat(value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= TEXT_SHOWN_MAX else f"{text[:TEXT_SHOWN_MAX]}…"
