"""Reading one's own notices."""

from dataclasses import dataclass

from django.db import connection

from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.notifications.models import Notice

COUNTED_MAX = 100
_UNREAD = """
SELECT (SELECT count(*) FROM (
  SELECT 1 FROM notifications_notice WHERE member_id = %(me)s AND on_site AND read_at IS NULL LIMIT %(most)s
) unread), (SELECT coalesce(sum(unread_count), 0) FROM messaging_seat WHERE member_id = %(me)s AND unread_count > 0)
"""


@dataclass(frozen=True)
class Unread:
    """What the frame of every page counts for a member."""

    notices: int
    messages: int


def unread(member_id: int) -> Unread:
    """How many notices and messages are unread, in one query; never looks at more than `COUNTED_MAX` notices."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, {"me": member_id, "most": COUNTED_MAX})
        notices, messages = cursor.fetchone()
    return Unread(int(notices), int(messages))


def unread_count(member_id: int) -> int:
    """How many notices are unread."""
    return unread(member_id).notices


def notices_of(actor: Actor, *, group: str = "", after: str = "", limit: int = 20) -> Page[Notice]:
    """A member's notices, newest first; of one group, or of all."""
    own = Notice.objects.filter(member=actor.id, on_site=True)
    return page_of(own.filter(group=group) if group else own, order=("-at", "-id"), after=after, limit=limit)


def newest_id(actor: Actor) -> int:
    """The notice that was written last; 0 without one."""
    ids = Notice.objects.filter(member=actor.id, on_site=True).order_by("-pk").values_list("pk", flat=True)
    return ids.first() or 0


def notice_for(actor: Actor, notice_id: int) -> Notice:
    """One's own notice; raises `NotVisible`."""
    notice = Notice.objects.filter(pk=notice_id, member=actor.id, on_site=True).first()
    if notice is None or not actor.is_member(notice.member_id):
        raise NotVisible
    return notice
