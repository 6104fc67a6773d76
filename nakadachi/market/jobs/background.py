"""What the clock does to jobs."""

from nakadachi.infra.clock import now
from nakadachi.infra.queue import every, task
from nakadachi.market.jobs.actions import sweep


@every("* * * * *")
@task("jobs.sweep", lock="jobs.sweep", queueing_lock="jobs.sweep")
def sweep_jobs(timestamp: int) -> None:
    """Close what is over, every minute."""
    sweep(at=now())
