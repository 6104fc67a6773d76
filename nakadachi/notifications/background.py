"""Jobs: telling after an event."""

from nakadachi.infra.queue import task
from nakadachi.notifications import actions


@task("notifications.spread", queue="notices")
def spread(event_id: int) -> None:
    """Tell whom the event concerns. Twice, or by two workers at once, is once."""
    actions.spread(event_id=event_id)
