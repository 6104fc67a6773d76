"""The look around: closings that are reserved close within a minute or so of their last obstacle."""

from nakadachi.closing.actions import look_around
from nakadachi.closing.receipt import keys
from nakadachi.infra.clock import now
from nakadachi.infra.queue import every, task


@every("* * * * *")
@task("closing.look_around", lock="closing.look_around", queueing_lock="closing.look_around")
def run_look_around(timestamp: int) -> None:
    """Every minute; each closing in a transaction of its own. The key that signs receipts is made known as well."""
    keys.remember(at=now())
    look_around(at=now())
