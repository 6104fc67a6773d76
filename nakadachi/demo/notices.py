"""What members would have been told: the last weeks, of which all but the latest is read and long since mailed."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from nakadachi.infra.events.models import Event
from nakadachi.notifications.actions import news_of, tell
from nakadachi.notifications.catalogue import OF_EVENT

TOLD_DAYS = 21
UNREAD_DAYS = 3
MAILED_DAYS = 1
READ_AFTER = timedelta(hours=3)


@transaction.atomic
def tell_of_the_past(*, at: datetime) -> int:
    """Write the notices; returns how many. Doing it again changes nothing."""
    events = Event.objects.filter(kind__in=OF_EVENT, at__gt=at - timedelta(days=TOLD_DAYS)).order_by("at", "pk")
    count = 0
    for event in events.iterator():
        read_at = event.at + READ_AFTER if event.at < at - timedelta(days=UNREAD_DAYS) else None
        is_mailed = event.at > at - timedelta(days=MAILED_DAYS)
        for news in news_of(event):
            count += tell(news=replace(news, mail=news.mail and is_mailed), read_at=read_at)
    return count
