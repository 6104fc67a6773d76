"""From notices to letters, some at a time, so that a sentence told to thousands holds no lock for long."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.crash_points import reached
from nakadachi.infra.mail import outbox
from nakadachi.notifications.letters import letter_of
from nakadachi.notifications.models import Notice

AT_ONCE = 100


def write_mails(*, key: UUID, at: datetime) -> int:
    """Write the mails of one sentence that are not written yet; returns how many. Twice is once."""
    count = 0
    while some := _write_some(key, at):
        count += some
    return count


@transaction.atomic
def _write_some(key: UUID, at: datetime) -> int:
    waiting = Notice.objects.select_related("member").select_for_update(skip_locked=True, of=("self",))
    notices = list(waiting.filter(key=key, by_mail=True, mailed_at=None).order_by("pk")[:AT_ONCE])
    outbox.write([letter_of(notice) for notice in notices if notice.member.is_active], at=at)
    reached("letters.written")
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)
    return len(notices)
