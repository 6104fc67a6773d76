"""Jobs: telling after an event, its mails, and reminders before dates."""

from uuid import UUID

from nakadachi.infra import clock
from nakadachi.infra.queue import every, task
from nakadachi.notifications import actions, mailing, reminding


@task("notifications.spread", queue="notices")
def spread(event_id: int) -> None:
    """Tell whom the event concerns. Twice, or by two workers at once, is once."""
    actions.spread(event_id=event_id)


@task("notifications.write_mails", queue="mail")
def write_mails(key: str) -> None:
    """Write the mails of one sentence."""
    mailing.write_mails(key=UUID(key), at=clock.now())


@every("23 * * * *")
@task("notifications.remind", queue="notices", lock="notifications.remind", queueing_lock="notifications.remind")
def remind(timestamp: int) -> None:
    """Every hour, what comes due soon."""
    reminding.remind(at=clock.now())
