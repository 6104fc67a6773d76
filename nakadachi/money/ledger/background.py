"""Jobs of the ledger: fold every few seconds, partitions ahead, finished months closed, the audit every hour."""

import logging
from datetime import timedelta

from nakadachi.infra import clock
from nakadachi.infra.queue import every, task
from nakadachi.money.ledger import checks, partitions
from nakadachi.money.ledger import fold as folding

log = logging.getLogger(__name__)


@every("* * * * * */5")
@task("ledger.fold", queue="ledger", queueing_lock="ledger.fold")
def fold(timestamp: int) -> None:
    """Keep the tails of hot accounts short."""
    folding.fold()


@every("20 3 * * *")
@task("ledger.partitions", queue="ledger", queueing_lock="ledger.partitions")
def make_partitions(timestamp: int) -> None:
    """Three months ahead, every day, so that a failed day does no harm; then close what is over."""
    partitions.ensure((clock.now() + timedelta(days=92)).date())
    partitions.close_months()


@every("40 * * * *")
@task("ledger.check", queue="ledger", queueing_lock="ledger.check")
def check(timestamp: int) -> None:
    """The full audit; offenders go to the log as errors."""
    for offender in checks.run():
        log.error("ledger check: %s", offender)
