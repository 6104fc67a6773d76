"""What the clock does to contracts."""

from nakadachi.infra.clock import now
from nakadachi.infra.queue import every, task
from nakadachi.market.contracts.actions import sweep


@every("* * * * *")
@task("contracts.sweep", lock="contracts.sweep", queueing_lock="contracts.sweep")
def sweep_contracts(timestamp: int) -> None:
    """Accept after silence and let unanswered offers lapse, every minute."""
    sweep(at=now())
