"""Writing notices: one per event and member, however often and by how many workers it is tried."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from nakadachi.infra.crash_points import reached
from nakadachi.infra.events.models import Event
from nakadachi.infra.queue import defer
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.refusal import NotVisible
from nakadachi.notifications.catalogue import OF_EVENT
from nakadachi.notifications.groups import CHANNELS, Channels, Group
from nakadachi.notifications.models import Notice
from nakadachi.notifications.rows import PAGES, Row

WRITE_MAILS = "notifications.write_mails"
_TELL = """
INSERT INTO notifications_notice
  (member_id, key, kind, "group", words, page, page_ids, at, on_site, by_mail, read_at, mailed_at)
SELECT told.*, %(read_at)s::timestamptz, NULL
FROM (
  SELECT m.id, %(key)s::uuid, %(kind)s, %(group)s, %(words)s::jsonb, %(page)s, %(page_ids)s::jsonb, %(at)s::timestamptz,
         %(site_fixed)s OR coalesce(p.site, %(site)s) AS on_site,
         %(mail)s AND (s.suspended_at IS NULL OR NOT %(is_new_work)s)
           AND (%(mail_fixed)s OR coalesce(p.mail, %(mail_usual)s)) AS by_mail
  FROM people_member m
  LEFT JOIN standing_standing s ON s.member_id = m.id
  LEFT JOIN notifications_preference p ON p.member_id = m.id AND p."group" = %(group)s
  WHERE m.id = ANY(%(members)s) AND m.is_active
) told
WHERE told.on_site OR told.by_mail
ON CONFLICT (key, member_id) DO NOTHING
RETURNING by_mail
"""


@dataclass(frozen=True, slots=True)
class News:
    """One sentence for some members."""

    key: UUID
    kind: str
    group: str
    members: Collection[int]
    words: dict[str, Any]
    page: str
    page_ids: dict[str, int]
    at: datetime
    mail: bool = True
    must: bool = False


@transaction.atomic
def spread(*, event_id: int) -> int:
    """Tell everybody whom the event concerns; returns how many notices are new. Twice is once."""
    event = Event.objects.get(pk=event_id)
    return sum(tell(news=news) for news in news_of(event))


def news_of(event: Event) -> list[News]:
    """What an event says, and to whom."""
    return [_news(row, event) for row in OF_EVENT.get(event.kind, []) if row.when(event)]


@transaction.atomic
def tell(*, news: News, read_at: datetime | None = None) -> int:
    """Write one sentence to all its members in one statement, and ask for its mails; returns how many are new."""
    if not news.members:
        return 0
    channels = CHANNELS[news.group]
    with connection.cursor() as cursor:
        cursor.execute(_TELL, _values(news, channels, read_at))
        written = cursor.fetchall()
    reached("notice.told")
    if any(by_mail for (by_mail,) in written):
        defer(WRITE_MAILS, key=str(news.key))
    return len(written)


@transaction.atomic
def open_notice(*, notice: Notice, by: Actor, at: datetime) -> Notice:
    """The member has read it."""
    if not by.is_member(notice.member_id):
        raise NotVisible
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)
    return notice


@transaction.atomic
def read_all(*, by: Actor, at: datetime, until_id: int) -> int:
    """Everything that stood on the page, and before it; what came in since stays unread. Returns how many."""
    own = Notice.objects.filter(member=by.id, on_site=True, read_at=None, pk__lte=until_id)
    return own.update(read_at=at)


def _news(row: Row, event: Event) -> News:
    facts = row.facts(event)
    told = {member_id for role in row.to for member_id in facts.roles.get(role, ())}
    if not row.even_actor:
        told.discard(event.actor_id or 0)
    page, wanted = (row.page, PAGES[row.page]) if set(PAGES[row.page]) <= set(facts.ids) else ("mypage:home", ())
    return News(
        key=key_for("notice", row.kind, event.pk),
        kind=row.kind,
        group=row.group,
        members=sorted(told),
        words=dict(facts.words),
        page=page,
        page_ids={name: facts.ids[name] for name in wanted},
        at=event.at,
        mail=row.mail,
        must=row.must,
    )


def _values(news: News, channels: Channels, read_at: datetime | None) -> dict[str, Any]:
    return {
        "members": list(news.members),
        "key": news.key,
        "kind": news.kind,
        "group": str(news.group),
        "words": json.dumps(news.words),
        "page": news.page,
        "page_ids": json.dumps(news.page_ids),
        "at": news.at,
        "site_fixed": channels.site_fixed,
        "site": channels.site,
        "mail": news.mail,
        "mail_fixed": channels.mail_fixed or news.must,
        "mail_usual": channels.mail,
        "is_new_work": news.group == Group.PROPOSALS,
        "read_at": read_at,
    }
