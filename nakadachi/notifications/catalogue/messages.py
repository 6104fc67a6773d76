"""Messages that wait to be read."""

from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row

ROWS = (
    Row(
        event="thread.wait",
        to=("waiting",),
        group=Group.MESSAGES,
        title=N_("You have a message"),
        text=N_(
            "%(other)s has written to you about “%(job)s” (unread: %(count)s). Please read and answer on the page."
        ),
        page="messages:thread",
        facts=facts.of_thread,
    ),
)
