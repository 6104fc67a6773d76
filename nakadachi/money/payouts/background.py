"""The timer of the payout calendar."""

from nakadachi.infra import clock
from nakadachi.infra.queue import every, task
from nakadachi.money.payouts.due import close_due


@every("*/10 * * * *")
@task("payouts.close_due", lock="payouts.close", queueing_lock="payouts.close_due")
def close_runs(timestamp: int) -> None:
    """Close the closing day that is over, if nobody has."""
    close_due(at=clock.now())
