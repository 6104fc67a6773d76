"""Handing mails to the server, each once: claimed by one conditional update, sent, and marked as sent."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet

from nakadachi.infra.crash_points import reached
from nakadachi.infra.events.record import record
from nakadachi.infra.mail.message import message_of
from nakadachi.infra.mail.models import ERROR_LENGTH_MAX, Mail
from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible

ATTEMPTS_MAX = 8
KEPT_DAYS = 30
CLAIM = timedelta(seconds=40)
"""How long a mail belongs to whoever is sending it: longer than a server may take (`EMAIL_TIMEOUT`), and not so long
that the mail of a process that died waits for minutes."""
SWEPT_AT_ONCE = 500
_log = logging.getLogger(__name__)


def send(mail_ids: Sequence[int], *, at: datetime) -> int:
    """Send what of these is due; returns how many were sent. A failure is written down and tried again later."""
    server = get_connection()
    sent, begun = 0, time.monotonic()
    try:
        for mail_id in mail_ids:
            sent += _send(server, mail_id, at + timedelta(seconds=time.monotonic() - begun))
    finally:
        server.close()
    return sent


def due(*, at: datetime) -> list[int]:
    """What waits to be sent (again)."""
    return list(Mail.objects.filter(next_at__lte=at).order_by("next_at").values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def parked_page(after: str = "") -> Page[Mail]:
    """What was given up, the latest first."""
    return page_of(parked(), order=("-parked_at", "-id"), after=after)


def parked() -> QuerySet[Mail]:
    """The mails that wait for somebody to look."""
    return Mail.objects.filter(parked_at__isnull=False)


def waiting_count() -> int:
    """How many will be tried by themselves."""
    return Mail.objects.filter(next_at__isnull=False).count()


@transaction.atomic
def retry(*, mail_ids: Sequence[int], by: Actor, at: datetime) -> int:
    """Staff: try again what was given up; returns how many."""
    if not by.is_staff:
        raise NotVisible
    given_up = Mail.objects.select_for_update().filter(pk__in=mail_ids, parked_at__isnull=False)
    mails = list(given_up.order_by("pk"))
    for mail in mails:
        record("mail.retry", mail, by=by, at=at)
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(parked_at=None, next_at=at, attempts=0, error="")
    return len(mails)


def forget(*, at: datetime) -> int:
    """Remove what was sent long ago; returns how many."""
    return Mail.objects.filter(sent_at__lt=at - timedelta(days=KEPT_DAYS)).delete()[0]


def _send(server: BaseEmailBackend, mail_id: int, at: datetime) -> bool:
    """Claim, send, mark. While it is claimed, whoever else comes finds it not due."""
    mail = Mail.objects.filter(pk=mail_id, next_at__lte=at).first()
    if mail is None:
        return False
    claimed = Mail.objects.filter(pk=mail_id, next_at=mail.next_at, attempts=mail.attempts)
    if not claimed.update(next_at=at + CLAIM, attempts=F("attempts") + 1):
        return False
    reached("mail.claimed")
    try:
        server.send_messages([message_of(mail, at=at)])
    except Exception as error:
        _note_failure(mail, error, at)
        return False
    reached("mail.sent")
    Mail.objects.filter(pk=mail_id).update(sent_at=at, next_at=None, text="", headers={}, error="")
    return True


def _note_failure(mail: Mail, error: Exception, at: datetime) -> None:
    """What the server will never take is given up at once, the rest after some hours."""
    words = f"{type(error).__name__}: {error}"[:ERROR_LENGTH_MAX]
    is_final = isinstance(error, SMTPRecipientsRefused | ValueError) or (
        isinstance(error, SMTPResponseException) and error.smtp_code >= 550
    )
    columns: dict[str, datetime | None] = {"next_at": at + timedelta(minutes=2 ** (mail.attempts + 1))}
    if is_final or mail.attempts + 1 >= ATTEMPTS_MAX:
        columns = {"parked_at": at, "next_at": None}
    Mail.objects.filter(pk=mail.pk).update(error=words, **columns)
    _log.warning("mail %s (%s) was not sent: %s", mail.pk, mail.kind, type(error).__name__)
